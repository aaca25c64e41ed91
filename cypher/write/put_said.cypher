// name: write/put_said
// answers: Nothing; writes whom a person takes for the speaker of assertions.
// parameters:
//   rows: list<map>, {id, speaker, method}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (a:Assertion {id: row.id})
MATCH (who:Entity|Account) WHERE who.id = row.speaker
SET who:Speaker
MERGE (who)-[said:ASSERTED]->(a)
SET said = {method: row.method, confidence: 1.0}, a.speakerStatus = 'resolved'
