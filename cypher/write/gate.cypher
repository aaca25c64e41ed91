// name: write/gate
// answers: Nothing; the transaction goes on only while nobody has all gates, and nobody gets them all until it ends.
// parameters:
//   gate: integer, any of those that write/gates_all takes; writers choose at random, so that few meet at one
// mode: write
// scans: none
MERGE (g:OnRecordSchema {id: 'gate-' + $gate})
SET g.id = g.id
