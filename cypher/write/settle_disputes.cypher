// name: write/settle_disputes
// answers: Which claims disputes are against, written anew: those that their targets express; without a target that of the
//   denial itself; of a fact-check that which it reviews. Tells the claims before and after.
// parameters:
//   ids: list<string>, of disputes
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (d:Dispute {id: id})
WITH d, COLLECT {
  MATCH (d)-[:AGAINST]->(a:Assertion)-[:EXPRESSES]->(c:Claim)
  WHERE coalesce(a.judged, '') <> 'wrong'
  RETURN c
  UNION
  MATCH (d)-[:STATED_IN]->(a:Assertion)-[:EXPRESSES]->(c:Claim)
  WHERE a.polarity <> 'affirmed' AND coalesce(a.judged, '') <> 'wrong' AND NOT EXISTS { (d)-[:AGAINST]->() }
  RETURN c
  UNION
  MATCH (f:FactCheck {id: d.factCheck})-[:REVIEWS]->(c:Claim)
  RETURN c
} AS claims
WITH d, claims, COLLECT { MATCH (d)-[:DISPUTES]->(c:Claim) RETURN c } AS before, COLLECT { MATCH (d)-[r:DISPUTES]->(c:Claim) WHERE NOT c IN claims RETURN r } AS stale
FOREACH (r IN stale | DELETE r)
FOREACH (c IN claims | MERGE (d)-[:DISPUTES]->(c))
WITH claims + before AS touched
UNWIND touched AS c
RETURN DISTINCT c.id AS id
