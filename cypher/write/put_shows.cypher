// name: write/put_shows
// answers: Nothing; writes which comments a version shows, where, and since when no longer.
// parameters:
//   rows: list<map>, {version, comment, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (v:Version {id: row.version})
MATCH (c:Comment {id: row.comment})
MERGE (v)-[s:SHOWS]->(c)
SET s = row.properties
