// Whose words are disputed most
// Speakers by how many disputes are against their assertions, and by how many others raised them.
// :param rows => 100
MATCH (d:Dispute)-[:AGAINST]->(:Assertion)<-[:ASSERTED]-(s:Speaker)
WHERE d.current AND d.status <> 'rejected'
WITH s, collect(DISTINCT d) AS against
ORDER BY size(against) DESC, s.id LIMIT toInteger($rows)
CALL (against) {
  UNWIND against AS d
  MATCH (d)<-[:RAISED]-(by:Speaker)
  RETURN count(DISTINCT by) AS raised_by
}
RETURN s.name AS speaker, size(against) AS disputes, raised_by, COUNT { (s)-[:ASSERTED]->(:Assertion) } AS assertions
ORDER BY disputes DESC, s.id
