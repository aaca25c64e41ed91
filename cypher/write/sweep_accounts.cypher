// name: write/sweep_accounts
// answers: Nothing; takes accounts out that nothing in the graph refers to any more, and the label Speaker from those that
//   no longer assert anything.
// parameters:
//   ids: list<string>
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (a:Account {id: id})
WHERE NOT EXISTS { (a)-[:ASSERTED]->() }
REMOVE a:Speaker
WITH a
WHERE NOT EXISTS { (a)--() }
DELETE a
