// name: read/put_known
// answers: For each document, what the store compares a new extraction with: all its versions and comments with
//   their readings, and what is shown by its current version and by the one that is put.
// parameters:
//   rows: list<map>, {id, version}: documents with the versions that are put
// mode: read
// scans: none
UNWIND $rows AS row
MATCH (d:Document {id: row.id})
RETURN
  d.id AS id,
  d.reading AS reading,
  d.fetchedAt AS fetchedAt,
  COLLECT {
    MATCH (d)<-[:VERSION_OF]-(v:Version)
    RETURN v {.id, .fetchedAt, .reading, .current}
  } AS versions,
  COLLECT {
    MATCH (d)<-[:ON]-(c:Comment)
    RETURN c {.id, .fetchedAt, .reading}
  } AS comments,
  COLLECT {
    MATCH (d)<-[:VERSION_OF]-(v:Version)-[s:SHOWS]->(c:Comment)
    WHERE v.current OR v.id = row.version
    RETURN {version: v.id, comment: c.id, position: s.position, depth: s.depth, until: s.until}
  } AS shows
