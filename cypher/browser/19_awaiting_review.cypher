// Disputes that await a review
// What the machine found and nobody judged yet, the surest first.
// :param rows => 100
MATCH (d:Dispute {status: 'candidate'})
WHERE d.current AND NOT EXISTS { (:Review)-[:OF]->(d) }
WITH d ORDER BY d.confidence DESC, d.id LIMIT toInteger($rows)
RETURN
  d.confidence AS confidence, d.kind AS kind,
  COLLECT { MATCH (s:Speaker)-[:RAISED]->(d) RETURN s.name ORDER BY s.name } AS raised_by,
  d.text AS words,
  COLLECT { MATCH (d)-[:AGAINST]->(a:Assertion) RETURN a.text } AS against,
  d.method AS method,
  'onrecord review ' + d.id + ' --decision confirm --by YOU' AS command
