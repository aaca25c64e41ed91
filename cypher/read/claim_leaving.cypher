// name: read/claim_leaving
// answers: What some assertions leave behind when they go: the assertions that are tied to them, the claims that they express,
//   and the sayings that they are known by.
// parameters:
//   ids: list<string>, of assertions
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (a:Assertion) WHERE a.id = id
RETURN
  COLLECT { MATCH (a)-[:SAME_CLAIM|TOLD_APART]-(b:Assertion) RETURN b.id } AS tied,
  COLLECT { MATCH (a)-[:EXPRESSES]->(c:Claim) RETURN c.id } AS claims,
  a.saying AS saying
