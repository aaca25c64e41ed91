// name: write/forget_marker
// answers: Nothing; remembers that something must stay out, and since when.
// parameters:
//   id: string, of a document or an account
//   at: datetime
// mode: write
// scans: none
MERGE (f:Forgotten {id: $id})
ON CREATE SET f.at = $at
