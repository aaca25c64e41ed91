// Whose words are disputed most
// Speakers by how many disputes are against their assertions, and by how many others raised them.
// :param rows => 100
MATCH (d:Dispute)-[:AGAINST]->(:Assertion)<-[:ASSERTED]-(s:Speaker)
WHERE d.current AND d.status <> 'rejected'
WITH s, count(DISTINCT d) AS disputes, collect(DISTINCT d) AS all
ORDER BY disputes DESC, s.id LIMIT toInteger($rows)
RETURN
  s.name AS speaker, disputes,
  COUNT { MATCH (by:Speaker)-[:RAISED]->(x:Dispute) WHERE x IN all RETURN DISTINCT by } AS raised_by,
  COUNT { (s)-[:ASSERTED]->(:Assertion) } AS assertions
