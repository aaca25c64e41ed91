// name: write/put_continues
// answers: Nothing; writes which assertion says again what the version before said.
// parameters:
//   rows: list<map>, {later, earlier}: ids of assertions
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (later:Assertion {id: row.later})
MATCH (earlier:Assertion {id: row.earlier})
MERGE (later)-[:CONTINUES]->(earlier)
