// name: write/schema_unlock
// answers: Nothing; takes away what write/schema_lock made in the same transaction.
// parameters: none
// mode: write
// scans: none
MATCH (s:OnRecordSchema {id: 'lock'})
DELETE s
