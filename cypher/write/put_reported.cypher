// name: write/put_reported
// answers: Nothing; writes which assertion is carried by which.
// parameters:
//   rows: list<map>, {assertion, by}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (a:Assertion {id: row.assertion})
MATCH (by:Assertion {id: row.by})
MERGE (a)-[:REPORTED_IN]->(by)
