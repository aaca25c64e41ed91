// name: read/claims_by_last_seen
// answers: One page of claims, the last seen first, whoever asserts them.
// parameters:
//   at: datetime, the time to start below
//   id: string, what the id must be below where the time is just that
//   limit: integer, how many at most
//   disputed: boolean?, whether the claim counts as disputed; null for any
//   own: boolean, true to keep claims that only comment writers themselves assert
// mode: read
// scans: none
MATCH (c:Claim)
USING INDEX c:Claim(lastSeen, id)
WHERE c.lastSeen <= $at AND c.id IS NOT NULL AND CASE c.lastSeen WHEN $at THEN c.id < $id ELSE true END
  AND EXISTS {
    MATCH (c)<-[:EXPRESSES]-(other:Assertion)
    WHERE other.current AND coalesce(other.judged, '') <> 'wrong'
      AND ($own OR NOT (other.directness = 'own' AND EXISTS { (other)-[:FOUND_IN]->(:Comment) })) }
  AND ($disputed IS NULL OR $disputed = (c.disputed = 'confirmed' OR (c.disputed = 'candidate' AND EXISTS {
    MATCH (c)<-[:DISPUTES]-(dispute)
    WHERE dispute.current AND dispute.status <> 'rejected' AND dispute.confidence >= 0.5 })))
WITH c
ORDER BY c.lastSeen DESC, c.id DESC
LIMIT $limit
RETURN c.id AS claim, c.lastSeen AS at, c.id AS id
