// name: write/put_claims_disputed
// answers: Nothing; ties disputes to the claims whose assertions they are against, or where they are against nobody's, to that
//   of the denial itself, and no others to these claims; and tells of each claim whether it is disputed.
// parameters:
//   claims: list<string>, ids
// mode: write
// scans: none
UNWIND $claims AS id
MATCH (c:Claim {id: id})
WITH c, COLLECT {
  MATCH (c)<-[:EXPRESSES]-(a:Assertion)<-[:AGAINST]-(d:Dispute)
  WHERE coalesce(a.judged, '') <> 'wrong'
  RETURN d
  UNION
  MATCH (c)<-[:EXPRESSES]-(a:Assertion)<-[:STATED_IN]-(d:Dispute)
  WHERE a.polarity <> 'affirmed' AND coalesce(a.judged, '') <> 'wrong' AND NOT EXISTS { (d)-[:AGAINST]->() }
  RETURN d
} AS disputes
CALL (c, disputes) {
  MATCH (c)<-[r:DISPUTES]-(d:Dispute)
  WHERE NOT d IN disputes AND coalesce(d.kind, '') <> 'fact_check'
  DELETE r
}
CALL (c, disputes) {
  UNWIND disputes AS d
  MERGE (d)-[:DISPUTES]->(c)
}
WITH c,
  EXISTS { (c)<-[:DISPUTES]-(d:Dispute) WHERE d.current AND d.status = 'confirmed' } AS confirmed,
  EXISTS { (c)<-[:DISPUTES]-(d:Dispute) WHERE d.current AND d.status = 'candidate' } AS candidate
SET c.disputed = CASE WHEN confirmed THEN 'confirmed' WHEN candidate THEN 'candidate' ELSE 'no' END
