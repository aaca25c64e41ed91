// Claims that most speakers make
// Claims by how many different speakers assert them. Copies of one text count once for each speaker, not for each page.
// :param rows => 100
MATCH (c:Claim)<-[:EXPRESSES]-(first:Assertion)
WHERE first.current
WITH c, count(*) AS assertions
WHERE assertions > 1
WITH c, assertions, COUNT { MATCH (s:Speaker)-[:ASSERTED]->(:Assertion)-[:EXPRESSES]->(c) RETURN DISTINCT s } AS speakers
ORDER BY speakers DESC, assertions DESC, c.id LIMIT toInteger($rows)
RETURN c.text AS claim, speakers, assertions, c.disputed AS disputed, c.firstSeen AS first_seen, c.lastSeen AS last_seen, c.id AS id
