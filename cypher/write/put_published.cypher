// name: write/put_published
// answers: Nothing; writes what is known of documents as they are today, who published and who wrote them.
// parameters:
//   rows: list<map>, {id, outlet, author, properties}; outlet and author may be null
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (d:Document {id: row.id})
SET d = row.properties
WITH row, d
CALL (row, d) {
  MATCH (o:Outlet {id: row.outlet})
  MERGE (d)-[:PUBLISHED_BY]->(o)
}
CALL (row, d) {
  MATCH (a:Account {id: row.author})
  MERGE (a)-[:WROTE]->(d)
}
