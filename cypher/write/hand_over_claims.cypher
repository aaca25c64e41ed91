// name: write/hand_over_claims
// answers: Nothing; takes claims out whose assertions express others now, and gives reviews and fact-checks to these.
// parameters:
//   rows: list<map>, {from, to}: ids of claims
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (old:Claim {id: row.from})
MATCH (heir:Claim {id: row.to})
CALL (old, heir) {
  MATCH (old)<-[r:OF]-(review:Review)
  MERGE (review)-[:OF]->(heir)
}
CALL (old, heir) {
  MATCH (old)<-[r:WITH]-(review:Review)
  MERGE (review)-[:WITH]->(heir)
}
CALL (old, heir) {
  MATCH (old)<-[r:REVIEWS]-(check:FactCheck)
  MERGE (check)-[:REVIEWS]->(heir)
}
CALL (old, heir) {
  MATCH (old)<-[r:DISPUTES]-(dispute:Dispute)
  MERGE (dispute)-[:DISPUTES]->(heir)
}
DETACH DELETE old
