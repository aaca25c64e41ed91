// name: write/put_told_apart
// answers: Nothing; ties assertions that cannot both be true, the larger id to the smaller.
// parameters:
//   rows: list<map>, {one, other, properties: {score, method}}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (a:Assertion {id: row.one})
MATCH (b:Assertion {id: row.other})
MERGE (b)-[s:TOLD_APART]->(a)
ON CREATE SET s = row.properties
