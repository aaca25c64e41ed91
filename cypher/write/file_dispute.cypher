// name: write/file_dispute
// answers: Nothing; writes a dispute that a person files. One that is there already stays as it is.
// parameters:
//   id: string
//   properties: map
//   stated: string, id of the assertion or text that states it
//   stated_spans: list<integer>
//   against: string, id of the assertion or text that it is against
//   against_spans: list<integer>
// mode: write
// scans: none
MERGE (d:Dispute {id: $id})
ON CREATE SET d = $properties, d.status = 'candidate'
WITH d
MATCH (stated:Assertion|Text {id: $stated})
MATCH (against:Assertion|Text {id: $against})
MERGE (d)-[s:STATED_IN]->(stated)
SET s.spans = $stated_spans
MERGE (d)-[a:AGAINST]->(against)
SET a.spans = $against_spans
