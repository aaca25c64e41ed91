// name: read/claim_state
// answers: Some assertions with all that their claims and what disputes these are derived from, and the claims that they
//   express now; whether derived disputes, and whether any, concern them.
// parameters:
//   ids: list<string>, of assertions
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (a:Assertion)-[:FOUND_IN]->(t:Text) WHERE a.id = id
RETURN
  a.id AS id, t.id AS node, a.text AS text, coalesce(a.wording, a.text) AS wording, coalesce(a.scope, '') AS scope,
  coalesce(a.negated, false) AS negated, a.polarity AS polarity, a.directness AS directness, a.content AS content,
  a.seenAt AS seen, a.current AS current, coalesce(a.judged, '') = 'wrong' AS wrong, a.confidence AS confidence,
  coalesce(a.names, []) AS names, coalesce(a.saying, a.id) AS key,
  head(COLLECT {
    MATCH (a)<-[:ASSERTED]-(s:Speaker) RETURN {id: s.id, one: coalesce(s.canonicalId, s.id)} ORDER BY s.id LIMIT 1
  }) AS speaker,
  head(COLLECT {
    MATCH (a)-[e:EXPRESSES]->(c:Claim) RETURN {id: c.id, score: e.score, method: e.method, polarity: e.polarity} LIMIT 1
  }) AS expresses,
  COLLECT {
    MATCH (a)<-[:STATED_IN]-(d:Dispute)
    WHERE d.current AND NOT coalesce(d.derived, false)
    RETURN {kind: d.kind, against: COLLECT { MATCH (d)-[:AGAINST]->(x:Assertion) RETURN x.id }} } AS disputes,
  EXISTS { (a)<-[:STATED_IN|AGAINST]-(:Dispute {derived: true}) } AS derived,
  EXISTS { (a)<-[:STATED_IN|AGAINST]-(:Dispute) } AS concerned
