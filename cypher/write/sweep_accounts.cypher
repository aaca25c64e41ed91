// name: write/sweep_accounts
// answers: Takes accounts out that nothing in the graph refers to any more, and the label Speaker from those that
//   no longer assert or dispute anything; tells whose names were like theirs.
// parameters:
//   ids: list<string>
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (a:Account {id: id})
WHERE NOT EXISTS { (a)-[:ASSERTED|RAISED]->() }
REMOVE a:Speaker
WITH a
WHERE NOT EXISTS { (a)-[:!SAME_AS]-() }
WITH a, COLLECT { MATCH (a)-[:SAME_AS]-(x) RETURN x.id } AS alike
DETACH DELETE a
RETURN alike
