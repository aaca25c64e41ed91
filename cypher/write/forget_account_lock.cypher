// name: write/forget_account_lock
// answers: The comments and the assertions of an account, to which nothing can be added until the transaction ends.
// parameters:
//   id: string
// mode: write
// scans: none
MATCH (a:Account {id: $id})
// Not its id: release 2026.08 finds a node by an id that was set in a transaction, even to what it was, once it is deleted.
SET a.locked = true
RETURN
  COLLECT { MATCH (a)-[:WROTE]->(c:Comment) RETURN c.id } AS comments,
  COLLECT { MATCH (a)-[:ASSERTED]->(x:Assertion) RETURN x.id } AS assertions
