// name: read/claim_seeds
// answers: The assertions whose claims may change with some: these, those that are tied to them, and all others of the
//   claims that any of them expresses; each with the saying that it is known by, or its id where it was never compared.
// parameters:
//   ids: list<string>, of assertions
//   claims: list<string>, of claims that may have lost assertions
// mode: read
// scans: none
CALL () {
  UNWIND $ids AS id
  MATCH (a:Assertion) WHERE a.id = id
  CALL (a) {
    RETURN a AS b
    UNION
    MATCH (a)-[:SAME_CLAIM]-(b:Assertion)
    RETURN b
    UNION
    MATCH (a)<-[:OF|WITH]-(r:Review)-[:OF|WITH]->(b:Assertion)
    WHERE r.decision IN ['same_claim', 'different_claim']
    RETURN b
  }
  RETURN collect(DISTINCT b) AS near
}
CALL (near) {
  UNWIND near AS m
  RETURN m
  UNION
  UNWIND near AS b
  MATCH (b)-[:EXPRESSES]->(c:Claim)
  WITH DISTINCT c
  MATCH (c)<-[:EXPRESSES]-(m:Assertion)
  RETURN m
  UNION
  UNWIND $claims AS claim
  MATCH (c:Claim)<-[:EXPRESSES]-(m:Assertion) WHERE c.id = claim
  RETURN m
}
RETURN m.id AS id, coalesce(m.saying, m.id) AS key
