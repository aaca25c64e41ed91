// name: write/gates_all
// answers: Nothing; waits for every writer that is under way, and keeps others waiting until the transaction ends. It
//   is meant to be rolled back.
// parameters:
//   gates: integer, how many there are
// mode: write
// scans: none
UNWIND range(0, $gates - 1) AS gate
MERGE (g:OnRecordSchema {id: 'gate-' + gate})
SET g.id = g.id
