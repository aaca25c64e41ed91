// name: write/clear_continues
// answers: Nothing; the assertions of these versions continue none.
// parameters:
//   versions: list<string>, ids
// mode: write
// scans: none
UNWIND $versions AS id
MATCH (:Version {id: id})<-[:FOUND_IN]-(:Assertion)-[r:CONTINUES]->(:Assertion)
DELETE r
