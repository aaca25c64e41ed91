// name: write/put_claims
// answers: Nothing; creates claims or sets what is derived for them, and gives each of some assertions its one claim.
// parameters:
//   claims: list<map>, {id, properties: {text, firstSeen, lastSeen, formerIds}}
//   expresses: list<map>, {assertion, claim, properties: {score, method, polarity}}
// mode: write
// scans: none
CALL () {
  UNWIND $claims AS row
  MERGE (c:Claim {id: row.id})
  ON CREATE SET c.disputed = 'no'
  SET c += row.properties
}
CALL () {
  UNWIND $expresses AS row
  MATCH (a:Assertion {id: row.assertion})
  MATCH (c:Claim {id: row.claim})
  CALL (a, c) {
    MATCH (a)-[old:EXPRESSES]->(other:Claim)
    WHERE other <> c
    DELETE old
  }
  MERGE (a)-[e:EXPRESSES]->(c)
  SET e = row.properties
}
