// Who asserted what: the newest
// Each speaker, what they are said to have said, the text it stands in, its page and the outlet that published it.
// :param limit => 12
MATCH (a:Assertion)
WHERE a.seenAt IS NOT NULL AND a.current
WITH a
ORDER BY a.seenAt DESC, a.id DESC
LIMIT toInteger($limit)
MATCH found = (a)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(page:Document)
OPTIONAL MATCH said = (:Speaker)-[:ASSERTED]->(a)
OPTIONAL MATCH published = (page)-[:PUBLISHED_BY]->(:Outlet)
RETURN said, found, published
