// name: read/claims_by_time
// answers: One page of claims of which assertions match, by the newest of those, found by walking the index of times:
//   for filters that much of the graph passes.
// parameters:
//   since: datetime, the earliest time; far in the past for no bound
//   at: datetime, the time to start below: the last row's, or the latest wanted
//   until: datetime, the latest time wanted; far in the future for no bound
//   id: string, what the id must be below where the time is just that
//   limit: integer, how many at most
//   speakers: list<string>?, ids of one speaker; null for any
//   outlets: list<string>?, ids of one outlet that published the page or that the words came through; null for any
//   entities: list<string>?, ids of one entity that the words name; null for any
//   document: string?, the page; null for any
//   claim: string?, the claim expressed; null for any
//   directness: string?, null for any
//   min_confidence: float?, null for any
//   words: list<string>, regular expressions that the whole words must each match
//   judged: string?, what people said of it, right or wrong; null for what was not called wrong
//   dated: boolean, true to leave out what has no time of its own
//   disputed: boolean?, whether the claim counts as disputed; null for any
//   own: boolean, true to keep claims that only comment writers themselves assert
// mode: read
// scans: none
MATCH (a:Assertion)
USING INDEX a:Assertion(seenAt, id)
WHERE a.seenAt >= $since AND a.seenAt <= $at AND a.id IS NOT NULL AND CASE a.seenAt WHEN $at THEN a.id < $id ELSE true END
  AND a.current
  AND CASE WHEN $judged IS NULL THEN coalesce(a.judged, '') <> 'wrong' ELSE a.judged = $judged END
  AND ($directness IS NULL OR a.directness = $directness)
  AND ($min_confidence IS NULL OR a.confidence >= $min_confidence)
  AND (NOT $dated OR a.assertedAt IS NOT NULL)
  AND all(pattern IN $words WHERE a.text =~ pattern)
// Beside the others in one MATCH, the planner would ask last whether the claim is disputed, which leaves out the most.
CALL (a) {
  MATCH (a)-[:EXPRESSES]->(c:Claim)
  WHERE ($claim IS NULL OR c.id = $claim)
    AND ($disputed IS NULL OR NOT $disputed OR c.disputed <> 'no')
  RETURN c
}
WITH a, c
WHERE ($speakers IS NULL OR EXISTS { (a)<-[:ASSERTED]-(who:Speaker WHERE who.id IN $speakers) })
  AND ($document IS NULL OR EXISTS { (a)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(page:Document WHERE page.id = $document) })
  AND ($outlets IS NULL
    OR EXISTS { (a)-[:CITES]->(via:Outlet WHERE via.id IN $outlets) }
    OR EXISTS { (a)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(:Document)-[:PUBLISHED_BY]->(via:Outlet WHERE via.id IN $outlets) })
  AND ($entities IS NULL OR any(entity IN $entities WHERE entity IN a.names))
  AND EXISTS {
    MATCH (c)<-[:EXPRESSES]-(other:Assertion)
    WHERE other.current
      AND ($judged = 'wrong' OR coalesce(other.judged, '') <> 'wrong')
      AND ($own OR NOT (other.directness = 'own' AND EXISTS { (other)-[:FOUND_IN]->(:Comment) })) }
  AND ($disputed IS NULL OR $disputed = (c.disputed = 'confirmed' OR (c.disputed = 'candidate' AND EXISTS {
    MATCH (c)<-[:DISPUTES]-(dispute)
    WHERE dispute.current AND dispute.status <> 'rejected' AND dispute.confidence >= 0.5 })))
  AND NOT EXISTS {
    MATCH (c)<-[:EXPRESSES]-(newer:Assertion)
    WHERE newer.seenAt >= a.seenAt AND CASE newer.seenAt WHEN a.seenAt THEN newer.id > a.id ELSE true END AND newer.seenAt <= $until
      AND newer.current
      AND CASE WHEN $judged IS NULL THEN coalesce(newer.judged, '') <> 'wrong' ELSE newer.judged = $judged END
      AND ($directness IS NULL OR newer.directness = $directness)
      AND ($min_confidence IS NULL OR newer.confidence >= $min_confidence)
      AND (NOT $dated OR newer.assertedAt IS NOT NULL)
      AND all(pattern IN $words WHERE newer.text =~ pattern)
      AND ($claim IS NULL OR EXISTS { (newer)-[:EXPRESSES]->(of:Claim WHERE of.id = $claim) })
      AND ($speakers IS NULL OR EXISTS { (newer)<-[:ASSERTED]-(who:Speaker WHERE who.id IN $speakers) })
      AND ($document IS NULL OR EXISTS { (newer)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(page:Document WHERE page.id = $document) })
      AND ($outlets IS NULL
        OR EXISTS { (newer)-[:CITES]->(via:Outlet WHERE via.id IN $outlets) }
        OR EXISTS { (newer)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(:Document)-[:PUBLISHED_BY]->(via:Outlet WHERE via.id IN $outlets) })
      AND ($entities IS NULL OR any(entity IN $entities WHERE entity IN newer.names)) }
WITH a, c
ORDER BY a.seenAt DESC, a.id DESC
LIMIT $limit
RETURN c.id AS claim, a.seenAt AS at, a.id AS id
