// name: write/put_fact_checks
// answers: Writes fact-checks, where they stand, who published them, and the claims that they review. Where no assertion of
//   the page makes the claim, it is a claim of its own, which nobody here asserts. The ids of claims that they do not review
//   any more, since no page that they stand on makes them.
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
WITH f, row.claim AS own
WITH
  f,
  COLLECT {
    MATCH (f)-[r:REVIEWS]->(c:Claim)
    WHERE c.id <> own AND NOT EXISTS { (f)-[:STATED_IN]->(:Text)<-[:FOUND_IN]-(:Assertion)-[:EXPRESSES]->(c) }
    RETURN {tie: r, claim: c.id}
  } AS stale
FOREACH (one IN stale | DELETE one.tie)
WITH stale
UNWIND stale AS one
RETURN DISTINCT one.claim AS id
