// name: read/claims_matching
// answers: For each of some claims the ids of its newest assertions that match, and whether there are more.
// parameters:
//   claims: list<string>, ids of claims
//   each: integer, how many assertions of each at most
//   since: datetime, the earliest time
//   until: datetime, the latest time
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
// mode: read
// scans: none
UNWIND $claims AS claim
MATCH (c:Claim) WHERE c.id = claim
CALL (c) {
  MATCH (c)<-[:EXPRESSES]-(a:Assertion)
  WHERE a.seenAt >= $since AND a.seenAt <= $until
    AND a.current
    AND CASE WHEN $judged IS NULL THEN coalesce(a.judged, '') <> 'wrong' ELSE a.judged = $judged END
    AND ($directness IS NULL OR a.directness = $directness)
    AND ($min_confidence IS NULL OR a.confidence >= $min_confidence)
    AND (NOT $dated OR a.assertedAt IS NOT NULL)
    AND all(pattern IN $words WHERE a.text =~ pattern)
    AND ($claim IS NULL OR EXISTS { (a)-[:EXPRESSES]->(of:Claim WHERE of.id = $claim) })
    AND ($speakers IS NULL OR EXISTS { (a)<-[:ASSERTED]-(who:Speaker WHERE who.id IN $speakers) })
    AND ($document IS NULL OR EXISTS { (a)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(page:Document WHERE page.id = $document) })
    AND ($outlets IS NULL
      OR EXISTS { (a)-[:CITES]->(via:Outlet WHERE via.id IN $outlets) }
      OR EXISTS { (a)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(:Document)-[:PUBLISHED_BY]->(via:Outlet WHERE via.id IN $outlets) })
    AND ($entities IS NULL OR any(entity IN $entities WHERE entity IN a.names))
  WITH a
  ORDER BY a.seenAt DESC, a.id DESC
  LIMIT $each + 1
  RETURN collect(a.id) AS found
}
RETURN claim, c.text AS text, toString(c.firstSeen) AS first_seen, toString(c.lastSeen) AS last_seen, c.disputed AS disputed,
  c.formerIds AS former_ids, found[..$each] AS assertions, size(found) > $each AS more
