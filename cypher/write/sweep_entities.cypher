// name: write/sweep_entities
// answers: Takes entities and outlets out that nothing in the graph refers to any more, and the label Speaker from
//   those that no longer assert or dispute anything; tells whose names were like theirs.
// parameters:
//   ids: list<string>
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE NOT EXISTS { (e)-[:ASSERTED|RAISED]->() }
REMOVE e:Speaker
WITH e
WHERE NOT EXISTS { (e)-[:!SAME_AS]-() }
WITH e, COLLECT { MATCH (e)-[:SAME_AS]-(x) RETURN x.id } AS alike
DETACH DELETE e
RETURN alike
