// name: read/claim_ties
// answers: The assertions known by some sayings (or ids, where they were never compared), and how each is tied to others;
//   by the sayings given, and by those whose claims may change with some assertions: these, those that are tied to them,
//   and all others of the claims that any of them expresses.
// parameters:
//   ids: list<string>, of assertions
//   claims: list<string>, of claims that may have lost assertions
//   keys: list<string>, sayings
// mode: read
// scans: none
CALL () {
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
  RETURN coalesce(m.saying, m.id) AS key
  UNION
  UNWIND $keys AS key
  RETURN key
}
CALL (key) {
  MATCH (a:Assertion) WHERE a.saying = key
  RETURN a
  UNION
  MATCH (a:Assertion) WHERE a.id = key AND a.saying IS NULL
  RETURN a
}
RETURN key, a.id AS id,
  COLLECT {
    MATCH (a)-[s:SAME_CLAIM]-(b:Assertion)
    RETURN {other: b.id, key: coalesce(b.saying, b.id), score: s.score, method: s.method} } AS same,
  COLLECT {
    MATCH (a)-[s:TOLD_APART]-(b:Assertion)
    RETURN {other: b.id, score: s.score, method: s.method} } AS apart,
  COLLECT {
    MATCH (a)<-[:OF|WITH]-(r:Review)-[:OF|WITH]->(b:Assertion)
    WHERE r.decision IN ['same_claim', 'different_claim']
    RETURN {other: b.id, key: coalesce(b.saying, b.id), decision: r.decision, at: r.at, review: r.id} } AS decided
