// Replies that disagree
// Who disagrees with whom in threads: each reply, its writer, and the comment or page that it answers.
// :param limit => 12
MATCH (c:Comment)-[r:REPLY_TO {stance: 'disagree'}]->(to)
WITH c, r, to ORDER BY r.confidence DESC, c.id LIMIT toInteger($limit)
MATCH reply = (c)-[:REPLY_TO]->(to)
OPTIONAL MATCH writer = (:Account)-[:WROTE]->(c)
OPTIONAL MATCH answered = (:Account)-[:WROTE]->(to)
RETURN reply, writer, answered
