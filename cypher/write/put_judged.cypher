// name: write/put_judged
// answers: Nothing; writes whether assertions were judged right or wrong.
// parameters:
//   rows: list<map>, {id, judged}; judged may be null
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (a:Assertion {id: row.id})
SET a.judged = row.judged
