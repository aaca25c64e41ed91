// name: write/review_lock
// answers: Things with what kind they are, locked in the order given until the transaction ends; none for unknown ids.
// parameters:
//   ids: list<string>, in order
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (n:Dispute|Assertion|Entity|Account|Document) WHERE n.id = id
SET n.id = id
RETURN
  n.id AS id, n:Outlet AS outlet, n.name AS name, n.kind AS kind,
  COLLECT { MATCH (n)<-[:OF|WITH]-(r:Review) RETURN r.at ORDER BY r.at DESC LIMIT 1 } AS last
