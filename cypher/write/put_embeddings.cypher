// name: write/put_embeddings
// answers: Nothing; notes that assertions were compared with others, and keeps the embeddings by which later ones find
//   them, in single precision.
// parameters:
//   rows: list<map>, {id, saying, vector}; vector may be null
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (a:Assertion {id: row.id})
SET a.saying = row.saying, a.unlinked = null
WITH a, row
WHERE row.vector IS NOT NULL
CALL db.create.setNodeVectorProperty(a, 'embedding', row.vector)
