// name: write/unspoken
// answers: Nothing; takes the label Speaker from those who no longer assert anything.
// parameters:
//   ids: list<string>, of entities and accounts
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (s:Speaker {id: id})
WHERE NOT EXISTS { (s)-[:ASSERTED]->() }
REMOVE s:Speaker
