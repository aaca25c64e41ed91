// name: write/schema_lock
// answers: Nothing; no other process brings the schema up to date until the transaction ends. The node is never
//   committed.
// parameters: none
// mode: write
// scans: none
MERGE (:OnRecordSchema {id: 'lock'})
