// One speaker's record over time
// Everything that one speaker is said to have asserted, the oldest first, with the claim it belongs to. Without a name it
// is whoever asserted most among the newest thousand assertions.
// :param speaker => null
CALL () {
  WITH $speaker AS name WHERE name IS NOT NULL
  MATCH (s:Speaker {name: name})
  RETURN s
  LIMIT 1
  UNION
  WITH $speaker AS name WHERE name IS NULL
  MATCH (a:Assertion)
  WHERE a.seenAt IS NOT NULL
  WITH a ORDER BY a.seenAt DESC LIMIT 1000
  MATCH (s:Speaker)-[:ASSERTED]->(a)
  WITH s, count(*) AS often ORDER BY often DESC, s.id LIMIT 1
  RETURN s
}
MATCH (s)-[:ASSERTED]->(a:Assertion)-[:EXPRESSES]->(c:Claim)
RETURN
  a.seenAt AS seen, s.name AS speaker, a.polarity AS polarity, a.text AS words, c.disputed AS disputed, a.id AS assertion,
  c.id AS claim
ORDER BY seen, assertion
LIMIT 500
