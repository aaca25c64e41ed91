// name: write/put_text_quotes
// answers: Nothing; writes which texts other texts repeat literally, where the words are no assertion's.
// parameters:
//   rows: list<map>, {text, to, properties: {spans, method, confidence}}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})
MATCH (to:Text {id: row.to})
MERGE (t)-[q:QUOTES]->(to)
SET q = row.properties
