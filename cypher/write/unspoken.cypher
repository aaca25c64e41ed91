// name: write/unspoken
// answers: Nothing; takes the label Speaker from those who no longer assert or dispute anything.
// parameters:
//   ids: list<string>, of entities and accounts
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (s:Speaker {id: id})
WHERE NOT EXISTS { (s)-[:ASSERTED|RAISED]->() }
REMOVE s:Speaker
