// name: read/assertions_from
// answers: One page of assertions that match, the newest first, found from one speaker, outlet, entity, page, claim or
//   from words.
// parameters:
//   start: string, the filter to start from: speaker, outlet, entity, document, claim, directness, judged, confidence, words
//   hits: string, the query of the full-text index, for words and for an entity
//   since: datetime, the earliest time; far in the past for no bound
//   at: datetime, the time to start below: the last row's, or the latest wanted
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
// mode: read
// scans: none
CALL () {
  WITH $start AS start WHERE start = 'speaker'
  MATCH (who:Speaker)-[:ASSERTED]->(a:Assertion) WHERE who.id IN $speakers
  RETURN a
  UNION
  WITH $start AS start WHERE start = 'document'
  MATCH (page:Document)<-[:VERSION_OF|ON]-(:Text)<-[:FOUND_IN]-(a:Assertion) WHERE page.id = $document
  RETURN a
  UNION
  WITH $start AS start WHERE start = 'outlet'
  MATCH (via:Outlet)<-[:CITES]-(a:Assertion) WHERE via.id IN $outlets
  RETURN a
  UNION
  WITH $start AS start WHERE start = 'outlet'
  MATCH (via:Outlet)<-[:PUBLISHED_BY]-(:Document)<-[:VERSION_OF|ON]-(:Text)<-[:FOUND_IN]-(a:Assertion) WHERE via.id IN $outlets
  RETURN a
  UNION
  WITH $start AS start WHERE start = 'entity'
  CALL db.index.fulltext.queryNodes('onrecord_assertion_names', $hits) YIELD node AS a
  RETURN a
  UNION
  WITH $start AS start WHERE start = 'claim'
  MATCH (of:Claim)<-[:EXPRESSES]-(a:Assertion) WHERE of.id = $claim
  RETURN a
  UNION
  WITH $start AS start WHERE start = 'directness'
  MATCH (a:Assertion) WHERE a.directness = $directness
  RETURN a
  UNION
  WITH $start AS start WHERE start = 'judged'
  MATCH (a:Assertion) WHERE a.judged = $judged
  RETURN a
  UNION
  WITH $start AS start WHERE start = 'confidence'
  MATCH (a:Assertion) WHERE a.confidence >= $min_confidence
  RETURN a
  UNION
  WITH $start AS start WHERE start = 'words'
  CALL db.index.fulltext.queryNodes('onrecord_assertion_text', $hits) YIELD node AS a
  RETURN a
}
WITH a
WHERE a.seenAt >= $since AND a.seenAt <= $at AND CASE a.seenAt WHEN $at THEN a.id < $id ELSE true END
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
LIMIT $limit
RETURN a.id AS id, a.seenAt AS at
