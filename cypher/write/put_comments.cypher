// name: write/put_comments
// answers: Nothing; writes comments and who wrote them. Rows without sha256 leave the one that is there.
// parameters:
//   rows: list<map>, {document, id, author, properties}; author may be null
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MERGE (c:Comment {id: row.id})
WITH row, d, c, c.sha256 AS sha256
SET c:Text, c = row.properties, c.sha256 = coalesce(row.properties.sha256, sha256)
MERGE (c)-[:ON]->(d)
WITH row, c
MATCH (a:Account {id: row.author})
MERGE (a)-[:WROTE]->(c)
