// name: write/put_raised
// answers: Nothing; writes who raised disputes.
// parameters:
//   rows: list<map>, {speaker, dispute}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (d:Dispute {id: row.dispute})
MATCH (s:Speaker {id: row.speaker})
MERGE (s)-[:RAISED]->(d)
