// name: write/put_derived_disputes
// answers: Nothing; writes disputes between assertions of different pages. One that a page states itself stays as the page
//   has it, and what people said of one decides its status.
// parameters:
//   rows: list<map>, {id, by, stated, stated_spans, against, against_spans, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (stated:Assertion {id: row.stated})
MATCH (against:Assertion {id: row.against})
MERGE (d:Dispute {id: row.id})
ON CREATE SET d.derived = true, d.status = 'candidate'
WITH row, stated, against, d
WHERE d.derived
SET d += row.properties
MERGE (d)-[s:STATED_IN]->(stated)
SET s.spans = row.stated_spans
MERGE (d)-[o:AGAINST]->(against)
SET o.spans = row.against_spans
WITH row, d
MATCH (who:Speaker {id: row.by})
MERGE (who)-[:RAISED]->(d)
