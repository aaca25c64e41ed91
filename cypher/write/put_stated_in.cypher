// name: write/put_stated_in
// answers: Nothing; writes where disputes are stated: in assertions and in texts.
// parameters:
//   rows: list<map>, {dispute, in, spans}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (d:Dispute {id: row.dispute})
MATCH (x:Assertion|Text {id: row.in})
MERGE (d)-[s:STATED_IN]->(x)
SET s.spans = row.spans
