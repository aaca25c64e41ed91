// name: write/clear_copies
// answers: Nothing; these versions copy none, and none copies them.
// parameters:
//   versions: list<string>, ids
// mode: write
// scans: none
UNWIND $versions AS id
MATCH (v:Version {id: id})-[r:COPIES]-(:Version)
DELETE r
