// name: read/restore_forgotten
// answers: The ids of documents and accounts that must stay out and are there all the same.
// parameters: none
// mode: read
// scans: NodeByLabelScan, each that must stay out is looked for
MATCH (f:Forgotten)
WHERE EXISTS { (:Document {id: f.id}) } OR EXISTS { (:Account {id: f.id}) }
RETURN f.id AS id
ORDER BY id
