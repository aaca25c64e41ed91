// name: read/proofs
// answers: The checksums of all bytes that the versions and comments of a document were first read from, each with those
//   versions.
// parameters:
//   document: string, id
// mode: read
// scans: none
MATCH (d:Document {id: $document})
MATCH (d)<-[:VERSION_OF|ON]-(t:Text)
WHERE t.sha256 IS NOT NULL
RETURN t.sha256 AS sha256, collect(CASE WHEN t:Version THEN t.id END) AS versions
