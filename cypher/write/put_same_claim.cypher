// name: write/put_same_claim
// answers: Nothing; ties assertions that say the same, the larger id to the smaller. What was decided before stays.
// parameters:
//   rows: list<map>, {one, other, properties: {score, method}}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (a:Assertion {id: row.one})
MATCH (b:Assertion {id: row.other})
MERGE (b)-[s:SAME_CLAIM]->(a)
ON CREATE SET s = row.properties
