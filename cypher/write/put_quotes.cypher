// name: write/put_quotes
// answers: Nothing; writes which assertions texts repeat literally.
// parameters:
//   rows: list<map>, {text, to, properties: {spans, method, confidence}}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})
MATCH (to:Assertion {id: row.to})
MERGE (t)-[q:QUOTES]->(to)
SET q = row.properties
