// name: write/clear_continues
// answers: Nothing; the assertions of these versions continue none, but for pairs that will be written anew.
// parameters:
//   versions: list<string>, ids
//   keep: list<string>, the ids of a later and an earlier assertion with a space between
// mode: write
// scans: none
UNWIND $versions AS id
MATCH (:Version {id: id})<-[:FOUND_IN]-(later:Assertion)-[r:CONTINUES]->(earlier:Assertion)
WHERE NOT later.id + ' ' + earlier.id IN $keep
DELETE r
