// Speakers that contradict themselves
// The same speaker on both ends of a contradiction, or affirming and denying one claim.
// :param limit => 12
CALL () {
  MATCH (c:Claim)-[:CONTRADICTS]->(o:Claim)
  MATCH (s:Speaker)-[:ASSERTED]->(a:Assertion)-[:EXPRESSES]->(c)
  MATCH (s)-[:ASSERTED]->(b:Assertion)-[:EXPRESSES]->(o)
  RETURN s, a, b
  UNION
  MATCH (c:Claim)<-[:EXPRESSES]-(b:Assertion {polarity: 'denied'})<-[:ASSERTED]-(s:Speaker)
  MATCH (s)-[:ASSERTED]->(a:Assertion {polarity: 'affirmed'})-[:EXPRESSES]->(c)
  RETURN s, a, b
}
WITH s, a, b ORDER BY s.id, a.id, b.id LIMIT toInteger($limit)
MATCH first = (s)-[:ASSERTED]->(a)-[:EXPRESSES]->(c:Claim)
MATCH second = (s)-[:ASSERTED]->(b)-[:EXPRESSES]->(o:Claim)
OPTIONAL MATCH between = (c)-[:CONTRADICTS]-(o)
RETURN first, second, between
