// name: write/put_answers
// answers: Nothing; writes which comments answer the document itself.
// parameters:
//   rows: list<map>, {comment, to, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (c:Comment {id: row.comment})
MATCH (to:Document {id: row.to})
MERGE (c)-[r:REPLY_TO]->(to)
SET r = row.properties
