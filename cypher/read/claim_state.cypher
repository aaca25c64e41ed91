// name: read/claim_state
// answers: Some assertions with all that their claims and what disputes these are derived from, and the claims that they
//   express now; whether derived disputes, and whether any, concern them. With them these claims, and others given: what
//   they say of themselves now, whether any claim cannot be true with them, and whether disputes concern them.
// parameters:
//   ids: list<string>, of assertions
//   claims: list<string>, of claims
// mode: read
// scans: none
CALL () {
  UNWIND $ids AS id
  MATCH (a:Assertion)-[:FOUND_IN]->(t:Text) WHERE a.id = id
  RETURN collect({
    id: a.id, node: t.id, text: a.text, wording: coalesce(a.wording, a.text), scope: coalesce(a.scope, ''),
    negated: coalesce(a.negated, false), polarity: a.polarity, directness: a.directness, content: a.content,
    seen: a.seenAt, current: a.current, wrong: coalesce(a.judged, '') = 'wrong', confidence: a.confidence,
    names: coalesce(a.names, []), key: coalesce(a.saying, a.id),
    speaker: head(COLLECT {
      MATCH (a)<-[:ASSERTED]-(s:Speaker) RETURN {id: s.id, one: coalesce(s.canonicalId, s.id)} ORDER BY s.id LIMIT 1
    }),
    expresses: head(COLLECT {
      MATCH (a)-[e:EXPRESSES]->(c:Claim)
      RETURN {id: c.id, score: e.score, method: e.method, polarity: e.polarity} LIMIT 1
    }),
    disputes: COLLECT {
      MATCH (a)<-[:STATED_IN]-(d:Dispute)
      WHERE d.current AND NOT coalesce(d.derived, false)
      RETURN {kind: d.kind, against: COLLECT { MATCH (d)-[:AGAINST]->(x:Assertion) RETURN x.id }}
    },
    derived: EXISTS { (a)<-[:STATED_IN|AGAINST]-(:Dispute {derived: true}) },
    concerned: EXISTS { (a)<-[:STATED_IN|AGAINST]-(:Dispute) }
  }) AS assertions
}
WITH assertions, [a IN assertions WHERE a.expresses IS NOT NULL | a.expresses.id] + $claims AS known
CALL (known) {
  UNWIND known AS id
  MATCH (c:Claim) WHERE c.id = id
  WITH DISTINCT c
  RETURN collect({
    id: c.id, text: c.text, firstSeen: c.firstSeen, lastSeen: c.lastSeen, formerIds: c.formerIds,
    contradicts: EXISTS { (c)-[:CONTRADICTS]-(:Claim) },
    concerned: c.disputed <> 'no' OR EXISTS { (c)<-[:DISPUTES]-() }
  }) AS claims
}
RETURN assertions, claims
