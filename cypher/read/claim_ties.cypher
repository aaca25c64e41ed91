// name: read/claim_ties
// answers: The assertions known by some sayings (or ids, where they were never compared), and how each is tied to others.
// parameters:
//   keys: list<string>
// mode: read
// scans: none
UNWIND $keys AS key
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
