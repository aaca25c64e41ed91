// name: read/disputes_by_id
// answers: Disputes with who raises them, where they are stated, what they are against, the claims that concerns, and the
//   reviews of them, the newest first.
// parameters:
//   ids: list<string>, of disputes
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (d:Dispute) WHERE d.id = id
RETURN
  d.id AS id, d.kind AS kind, d.basis AS basis, d.text AS text, d.proposition AS proposition, d.confidence AS confidence,
  d.method AS method, d.status AS status, d.current AS current, toString(d.seenAt) AS seen_at, d.factCheck AS fact_check,
  d.against AS against,
  head(COLLECT {
    MATCH (d)<-[:RAISED]-(s:Speaker)
    OPTIONAL MATCH (one:Entity WHERE one.id = s.canonicalId)
    WITH coalesce(one, s) AS s
    RETURN {id: s.id, name: s.name, kind: CASE WHEN s:Account THEN 'account' WHEN s:Outlet THEN 'outlet' ELSE s.kind END}
    LIMIT 1 }) AS by,
  head(COLLECT {
    MATCH (d)-[s:STATED_IN]->(x:Assertion|Text)
    RETURN {assertion: CASE WHEN x:Assertion THEN x.id END, spans: s.spans, speaker: null,
      in: CASE WHEN x:Text THEN x.id ELSE head(COLLECT { MATCH (x)-[:FOUND_IN]->(t:Text) RETURN t.id }) END}
    ORDER BY x.id LIMIT 1 }) AS stated,
  head(COLLECT {
    MATCH (d)-[s:AGAINST]->(x:Assertion|Text)
    RETURN {assertion: CASE WHEN x:Assertion THEN x.id END, spans: s.spans,
      speaker: head(COLLECT {
        MATCH (x)<-[:ASSERTED|WROTE]-(who)
        OPTIONAL MATCH (one:Entity WHERE one.id = who.canonicalId)
        WITH coalesce(one, who) AS who
        RETURN {id: who.id, name: who.name, kind: CASE WHEN who:Account THEN 'account' WHEN who:Outlet THEN 'outlet' ELSE who.kind END}
        LIMIT 1 }),
      in: CASE WHEN x:Text THEN x.id ELSE head(COLLECT { MATCH (x)-[:FOUND_IN]->(t:Text) RETURN t.id }) END}
    ORDER BY x.id LIMIT 1 }) AS target,
  COLLECT { MATCH (d)-[:DISPUTES]->(c:Claim) RETURN c.id ORDER BY c.id } AS claims,
  COLLECT {
    MATCH (d)<-[:OF]-(r:Review)
    WITH r ORDER BY r.at DESC, r.id DESC
    RETURN {id: r.id, decision: r.decision, reviewer: r.reviewer, note: r.note, at: toString(r.at)} } AS reviews
