// Who denies what
// Denials, those who deny, and the words that they deny.
// :param limit => 12
MATCH (d:Dispute {kind: 'denial'})
WHERE d.current AND d.status <> 'rejected'
WITH d ORDER BY d.confidence DESC, d.id LIMIT toInteger($limit)
MATCH denies = (d)-[:AGAINST|DISPUTES]->(what)
OPTIONAL MATCH who = (:Speaker)-[:RAISED]->(d)
OPTIONAL MATCH said = (:Speaker)-[:ASSERTED]->(what)
RETURN denies, who, said
