// name: write/put_asserted
// answers: Nothing; writes who asserted what.
// parameters:
//   rows: list<map>, {speaker, assertion, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (s:Speaker {id: row.speaker})
MATCH (a:Assertion {id: row.assertion})
MERGE (s)-[r:ASSERTED]->(a)
SET r = row.properties
