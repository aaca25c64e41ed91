// name: write/sweep_documents
// answers: Nothing; takes documents out that were only ever linked to, and no longer are.
// parameters:
//   ids: list<string>
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (d:Document {id: id})
WHERE d.reading IS NULL AND NOT EXISTS { (d)--() }
DELETE d
