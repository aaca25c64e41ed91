// name: write/sweep_entities
// answers: Nothing; takes entities and outlets out that nothing in the graph refers to any more, and the label Speaker from
//   those that no longer assert anything.
// parameters:
//   ids: list<string>
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE NOT EXISTS { (e)-[:ASSERTED]->() }
REMOVE e:Speaker
WITH e
WHERE NOT EXISTS { (e)--() }
DELETE e
