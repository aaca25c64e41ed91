// name: write/put_same_as
// answers: Nothing; writes whose names are how like whose.
// parameters:
//   rows: list<map>, {one, other, properties: {score, method}}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (one:Entity|Account) WHERE one.id = row.one
MATCH (other:Entity|Account) WHERE other.id = row.other
MERGE (one)-[s:SAME_AS]->(other)
SET s = row.properties
