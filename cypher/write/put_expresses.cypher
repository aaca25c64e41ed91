// name: write/put_expresses
// answers: Nothing; gives each of some assertions its one claim.
// parameters:
//   rows: list<map>, {assertion, claim, properties: {score, method, polarity}}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (a:Assertion {id: row.assertion})
MATCH (c:Claim {id: row.claim})
CALL (a, c) {
  MATCH (a)-[old:EXPRESSES]->(other:Claim)
  WHERE other <> c
  DELETE old
}
MERGE (a)-[e:EXPRESSES]->(c)
SET e = row.properties
