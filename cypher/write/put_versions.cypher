// name: write/put_versions
// answers: Nothing; writes versions of documents.
// parameters:
//   rows: list<map>, {document, id, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MERGE (v:Version {id: row.id})
SET v:Text, v = row.properties
MERGE (v)-[:VERSION_OF]->(d)
