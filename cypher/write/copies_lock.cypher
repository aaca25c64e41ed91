// name: write/copies_lock
// answers: Nothing; nobody else ties copies until the transaction ends. Where the schema was never applied there is no
//   node to lock, and no index to look for copies in either.
// parameters: none
// mode: write
// scans: none
MATCH (s:OnRecordSchema {id: 'schema'})
SET s.id = s.id
