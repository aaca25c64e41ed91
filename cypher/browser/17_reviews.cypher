// What was reviewed, and by whom
// The decisions that people made, the newest first, with what they judged.
// :param rows => 100
MATCH (r:Review)
WHERE r.id IS NOT NULL
WITH r ORDER BY r.at DESC, r.id LIMIT toInteger($rows)
MATCH judged = (r)-[:OF]->(what)
OPTIONAL MATCH beside = (r)-[:WITH]->()
OPTIONAL MATCH against = (what)-[:AGAINST|DISPUTES]->()
RETURN judged, beside, against
