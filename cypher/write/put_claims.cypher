// name: write/put_claims
// answers: Nothing; creates claims or sets what is derived for them.
// parameters:
//   rows: list<map>, {id, properties: {text, firstSeen, lastSeen, formerIds}}
// mode: write
// scans: none
UNWIND $rows AS row
MERGE (c:Claim {id: row.id})
ON CREATE SET c.disputed = 'no'
SET c += row.properties
