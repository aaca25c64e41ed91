// name: write/put_assertions
// answers: Nothing; writes assertions, where they were found, and for each the claim of its own that it expresses. A
//   claim's times are those of its one assertion.
// parameters:
//   rows: list<map>, {text, id, claim, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})
MERGE (a:Assertion {id: row.id})
SET a = row.properties
MERGE (a)-[:FOUND_IN]->(t)
MERGE (c:Claim {id: row.claim})
ON CREATE SET c.disputed = 'no', c.formerIds = []
SET c.text = row.properties.text, c.firstSeen = row.properties.seenAt, c.lastSeen = row.properties.seenAt
MERGE (a)-[e:EXPRESSES]->(c)
SET e.score = 1.0, e.method = 'rule:own-claim'
