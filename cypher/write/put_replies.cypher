// name: write/put_replies
// answers: Nothing; writes which comment a comment answers.
// parameters:
//   rows: list<map>, {comment, to, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (c:Comment {id: row.comment})
MATCH (to:Comment {id: row.to})
MERGE (c)-[r:REPLY_TO]->(to)
SET r = row.properties
