// name: write/clear_copies
// answers: Nothing; these versions copy none, and none copies them, but for pairs that will be written anew.
// parameters:
//   versions: list<string>, ids
//   keep: list<string>, the ids of a later and an earlier version with a space between
// mode: write
// scans: none
UNWIND $versions AS id
MATCH (v:Version {id: id})-[r:COPIES]-(:Version)
WHERE NOT startNode(r).id + ' ' + endNode(r).id IN $keep
DELETE r
