// name: write/put_comments
// answers: Nothing; writes comments and who wrote them.
// parameters:
//   rows: list<map>, {document, id, author, properties}; author may be null
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MERGE (c:Comment {id: row.id})
SET c:Text, c = row.properties
MERGE (c)-[:ON]->(d)
WITH row, c
MATCH (a:Account {id: row.author})
MERGE (a)-[:WROTE]->(c)
