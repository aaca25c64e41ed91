// Disputed claims with the words of both sides, as a table
// What is claimed and by whom; who disputes it, how, in which words and on what basis. The surest disputes first.
// :param rows => 100
// :param min_confidence => 0.5
MATCH (c:Claim)<-[:DISPUTES]-(d:Dispute)
WHERE c.disputed IN ['confirmed', 'candidate'] AND d.current AND d.status <> 'rejected' AND d.confidence >= $min_confidence
WITH c, d ORDER BY d.status DESC, d.confidence DESC, d.id LIMIT toInteger($rows)
RETURN
  c.text AS claim,
  COLLECT { MATCH (s:Speaker)-[:ASSERTED]->(:Assertion {polarity: 'affirmed'})-[:EXPRESSES]->(c) RETURN DISTINCT s.name ORDER BY s.name } AS asserted_by,
  d.kind AS kind,
  COLLECT { MATCH (s:Speaker)-[:RAISED]->(d) RETURN s.name ORDER BY s.name } AS disputed_by,
  d.text AS words,
  d.basis AS basis,
  d.status AS status,
  d.confidence AS confidence,
  d.id AS dispute
