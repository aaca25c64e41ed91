// name: read/starts
// answers: How many assertions each filter would have to look through, roughly; null where the filter is not set.
// parameters:
//   speakers: list<string>?, ids of one speaker
//   outlets: list<string>?, ids of one outlet
//   document: string?, the page
//   claim: string?, the claim
//   directness: string?
//   min_confidence: float?
//   judged: string?
//   disputed: boolean?
//   enough: integer, where to stop counting what has to be counted one by one
// mode: read
// scans: none
RETURN
  CASE WHEN $speakers IS NOT NULL THEN COUNT { MATCH (who:Speaker)-[:ASSERTED]->() WHERE who.id IN $speakers } END AS speaker,
  CASE WHEN $outlets IS NOT NULL THEN COUNT { MATCH (via:Outlet)<-[:CITES]-() WHERE via.id IN $outlets }
    + 20 * COUNT { MATCH (via:Outlet)<-[:PUBLISHED_BY]-() WHERE via.id IN $outlets } END AS outlet,
  CASE WHEN $document IS NOT NULL THEN 20 * COUNT { MATCH (page:Document)<-[:VERSION_OF|ON]-() WHERE page.id = $document } END AS document,
  CASE WHEN $claim IS NOT NULL THEN COUNT { MATCH (of:Claim)<-[:EXPRESSES]-() WHERE of.id = $claim } END AS claim,
  CASE WHEN $directness IS NOT NULL THEN COUNT {
    MATCH (a:Assertion) WHERE a.directness = $directness RETURN a LIMIT $enough } END AS directness,
  CASE WHEN $min_confidence IS NOT NULL THEN COUNT {
    MATCH (a:Assertion) WHERE a.confidence >= $min_confidence RETURN a LIMIT $enough } END AS confidence,
  CASE WHEN $judged IS NOT NULL THEN COUNT {
    MATCH (a:Assertion) WHERE a.judged = $judged RETURN a LIMIT $enough } END AS judged,
  CASE WHEN $disputed THEN COUNT {
    MATCH (c:Claim) WHERE c.disputed IN ['candidate', 'confirmed'] RETURN c LIMIT $enough } END AS disputed
