// name: read/assertions_by_id
// answers: Assertions with all their evidence: speaker, page, version, outlet, what they came through, and the words around.
// parameters:
//   ids: list<string>, of assertions
//   around: integer, how many code points of the text to give on either side
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (a:Assertion)-[:FOUND_IN]->(t:Text)
WHERE a.id = id
CALL (t) {
  MATCH (t)-[:VERSION_OF]->(d:Document)
  RETURN d, t AS v, null AS position
  UNION
  MATCH (t)-[:ON]->(d:Document)
  MATCH (t)<-[shown:SHOWS]-(v:Version)
  WITH d, v, shown
  ORDER BY v.current DESC, v.fetchedAt DESC, v.id
  LIMIT 1
  RETURN d, v, shown.position AS position
}
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(o:Outlet)
WITH a, t, d, v, position, head(collect(o)) AS o, CASE WHEN t.sha256 IS NULL THEN v ELSE t END AS proof,
  reduce(low = a.content[0], n IN coalesce(a.source, []) + coalesce(a.cue, []) | CASE WHEN n < low THEN n ELSE low END) AS low,
  reduce(high = a.content[-1], n IN coalesce(a.source, []) + coalesce(a.cue, []) | CASE WHEN n > high THEN n ELSE high END) AS high
WITH *, CASE WHEN low > $around THEN low - $around ELSE 0 END AS context_start
RETURN
  a.id AS id, a.text AS text, a.content AS content, a.source AS source, a.cue AS cue, a.directness AS directness,
  a.polarity AS polarity, a.certainty AS certainty, a.speakerStatus AS speaker_status, a.passage AS passage,
  toString(a.assertedAt) AS asserted_at, a.assertedAtFrom AS asserted_at_from, a.assertedAtPrecision AS asserted_at_precision,
  a.when AS when, a.confidence AS confidence, a.method AS method,
  a.current AS current, a.judged AS judged,
  head(COLLECT {
    MATCH (a)<-[said:ASSERTED]-(s:Speaker)
    OPTIONAL MATCH (one:Entity WHERE one.id = s.canonicalId)
    WITH said, coalesce(one, s) AS s
    RETURN {id: s.id, name: s.name, kind: CASE WHEN s:Account THEN 'account' WHEN s:Outlet THEN 'outlet' ELSE s.kind END,
      method: said.method, confidence: said.confidence}
    ORDER BY s.id
    LIMIT 1 }) AS speaker,
  head(COLLECT {
    MATCH (a)<-[read:READ_AS]-(s)
    RETURN {id: s.id, name: s.name, kind: CASE WHEN s:Account THEN 'account' WHEN s:Outlet THEN 'outlet' ELSE s.kind END,
      method: read.method, confidence: read.confidence}
    ORDER BY s.id
    LIMIT 1 }) AS read_as,
  COLLECT {
    MATCH (a)-[c:CITES]->(via)
    WITH c, via
    ORDER BY c.order, via.id
    RETURN {id: via.id, name: coalesce(via.name, via.url, via.id), domain: via.domain, role: c.role} } AS cites,
  head(COLLECT { MATCH (a)-[:REPORTED_IN]->(by:Assertion) RETURN by.id LIMIT 1 }) AS reported_in,
  head(COLLECT { MATCH (a)-[:EXPRESSES]->(c:Claim) RETURN c.id LIMIT 1 }) AS claim,
  coalesce(head(COLLECT { MATCH (a)-[e:EXPRESSES]->(:Claim) RETURN e.polarity LIMIT 1 }), a.polarity) AS side,
  {id: d.id, url: d.url, kind: d.kind} AS document,
  {id: v.id, title: v.title, language: v.language, published_at: toString(v.publishedAt), fetched_at: toString(v.fetchedAt), sha256: v.sha256,
    current: v.current} AS version,
  CASE WHEN o IS NOT NULL THEN {id: o.id, name: o.name, domain: o.domain} END AS outlet,
  CASE WHEN t:Comment THEN {index: position, id: t.id, posted_at: toString(t.postedAt), url: t.url,
    fetched_at: toString(proof.fetchedAt), sha256: proof.sha256, author: head(COLLECT {
    MATCH (t)<-[:WROTE]-(w:Account) RETURN {id: w.id, name: w.name} LIMIT 1 })} END AS comment,
  context_start, substring(t.text, context_start, high + $around - context_start) AS context
