// Who repeats whose words
// Texts that repeat literally what was asserted elsewhere: quotations, no assertions of their own.
// :param limit => 12
MATCH repeats = (t:Text)-[q:QUOTES]->(a:Assertion)
WITH repeats, a, t ORDER BY t.id, a.id LIMIT toInteger($limit)
OPTIONAL MATCH said = (:Speaker)-[:ASSERTED]->(a)
OPTIONAL MATCH wrote = (:Account)-[:WROTE]->(t)
RETURN repeats, said, wrote
