// name: write/settle_claims
// answers: Nothing; whether claims are disputed, from the disputes that are current and not rejected.
// parameters:
//   ids: list<string>, of claims
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (c:Claim {id: id})
SET c.disputed = CASE
  WHEN EXISTS { MATCH (c)<-[:DISPUTES]-(d:Dispute) WHERE d.current AND d.status = 'confirmed' } THEN 'confirmed'
  WHEN EXISTS { MATCH (c)<-[:DISPUTES]-(d:Dispute) WHERE d.current AND d.status = 'candidate' } THEN 'candidate'
  ELSE 'no' END
