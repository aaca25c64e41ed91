// name: write/put_fact_checks
// answers: Writes fact-checks, where they stand, who published them, and the claims that they review. Where no assertion of
//   the page makes the claim, it is a claim of its own, which nobody here asserts. The ids of claims that they do not review
//   any more, since no page that they stand on makes them, and of the disputes that come from these fact-checks.
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
WITH f, collect(row) AS rows
WITH
  f,
  COLLECT {
    MATCH (f)-[r:REVIEWS]->(c:Claim)
    WHERE
      NOT EXISTS {
        UNWIND rows AS row
        MATCH (a:Assertion {id: row.assertion})-[:EXPRESSES]->(c)
      }
      AND NOT any(row IN rows WHERE row.assertion IS NULL AND row.claim = c.id)
      AND NOT EXISTS {
        MATCH (f)-[:STATED_IN]->(other:Text)
        WHERE
          NOT other.id IN [row IN rows | row.text]
          AND (
            any(row IN rows WHERE row.claim = c.id)
            OR EXISTS { (other)<-[:FOUND_IN]-(:Assertion)-[:EXPRESSES]->(c) }
          )
      }
    RETURN {tie: r, claim: c.id}
  } AS stale
FOREACH (one IN stale | DELETE one.tie)
WITH f, [one IN stale | one.claim] AS claims
WHERE size(claims) > 0
UNWIND claims + COLLECT {
  MATCH (f)-[:STATED_IN]->(:Text)<-[:STATED_IN]-(d:Dispute {factCheck: f.id})
  RETURN d.id
} AS id
RETURN DISTINCT id
