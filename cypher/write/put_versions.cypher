// name: write/put_versions
// answers: Nothing; writes versions of documents. Rows without sha256 leave the one that is there.
// parameters:
//   rows: list<map>, {document, id, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (d:Document {id: row.document})
MERGE (v:Version {id: row.id})
WITH row, d, v, v.sha256 AS sha256
SET v:Text, v = row.properties, v.sha256 = coalesce(row.properties.sha256, sha256)
MERGE (v)-[:VERSION_OF]->(d)
