// name: write/put_fact_checks
// answers: Nothing; writes fact-checks, where they stand, who published them, and the claims that they review. Where no
//   assertion of the page makes the claim, it is a claim of its own, which nobody here asserts.
// parameters:
//   rows: list<map>, {id, text, spans, outlet, assertion, claim, seen, properties}; outlet and assertion may be null
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})
MERGE (f:FactCheck {id: row.id})
SET f = row.properties
MERGE (f)-[s:STATED_IN]->(t)
SET s.spans = row.spans
WITH row, f
CALL (row, f) {
  MATCH (o:Outlet {id: row.outlet})
  MERGE (o)-[:PUBLISHED]->(f)
}
CALL (row, f) {
  MATCH (:Assertion {id: row.assertion})-[:EXPRESSES]->(c:Claim)
  MERGE (f)-[:REVIEWS]->(c)
}
CALL (row, f) {
  WITH row, f
  WHERE row.assertion IS NULL
  MERGE (c:Claim {id: row.claim})
  ON CREATE SET c.disputed = 'no', c.formerIds = [], c.firstSeen = row.seen, c.lastSeen = row.seen
  SET c.text = row.properties.claimText
  MERGE (f)-[:REVIEWS]->(c)
}
