// Quality: what the machine is least sure of
// Assertions of today by confidence, the lowest first, with how each was found.
// :param rows => 100
MATCH (a:Assertion)
WHERE a.confidence >= 0 AND a.current
WITH a ORDER BY a.confidence, a.id LIMIT toInteger($rows)
RETURN
  a.confidence AS confidence, a.method AS method,
  head(COLLECT { MATCH (s:Speaker)-[r:ASSERTED]->(a) RETURN s.name + ' (' + r.method + ')' }) AS speaker, a.text AS words,
  a.id AS assertion
