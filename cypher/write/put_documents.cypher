// name: write/put_documents
// answers: Makes sure that each document has a node, those that are only linked to as well, and locks them all in the
//   order given; tells which may not come back.
// parameters:
//   rows: list<map>, {id, url} in order of id
// mode: write
// scans: none
UNWIND $rows AS row
WITH row
WHERE NOT EXISTS { (:Forgotten {id: row.id}) }
MERGE (d:Document {id: row.id})
SET d.url = coalesce(d.url, row.url)
RETURN d.id AS id, d.reading AS reading, d.fetchedAt AS fetchedAt, EXISTS { (:Forgotten {id: row.id}) } AS forgotten
