// One speaker: claims and who else makes them
// The speaker on the left, what they said, the claims, and on the right who else asserts the same.
// :param speaker => null
// :param limit => 12
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
MATCH (s)-[:ASSERTED]->(a:Assertion)
WHERE a.current
WITH s, a ORDER BY a.seenAt DESC, a.id LIMIT toInteger($limit)
MATCH own = (s)-[:ASSERTED]->(a)-[:EXPRESSES]->(c:Claim)
OPTIONAL MATCH others = (c)<-[:EXPRESSES]-(:Assertion)<-[:ASSERTED]-(other:Speaker)
WHERE other <> s
RETURN own, others
