// name: write/put_against
// answers: Nothing; writes which assertions, or which words of texts, disputes are against.
// parameters:
//   rows: list<map>, {dispute, to, spans}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (d:Dispute {id: row.dispute})
MATCH (x:Assertion|Text {id: row.to})
MERGE (d)-[a:AGAINST]->(x)
SET a.spans = row.spans
