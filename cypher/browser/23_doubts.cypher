// What writers doubt
// Where a writer keeps a distance from what somebody said: "claimed without evidence", "so-called".
// :param rows => 100
MATCH (d:Dispute {kind: 'doubt'})
WHERE d.current AND d.status <> 'rejected'
WITH d ORDER BY d.confidence DESC, d.id LIMIT toInteger($rows)
RETURN
  COLLECT { MATCH (s:Speaker)-[:RAISED]->(d) RETURN s.name } AS writer,
  d.basis AS basis,
  COLLECT { MATCH (s:Speaker)-[:ASSERTED]->(:Assertion)<-[:AGAINST]-(d) RETURN s.name } AS of,
  COLLECT { MATCH (d)-[:AGAINST]->(a:Assertion) RETURN a.text } AS words,
  d.confidence AS confidence,
  d.id AS dispute
