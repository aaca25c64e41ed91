// name: read/disputes_from
// answers: One page of current disputes that match, the newest first, found from one filter that few pass.
// parameters:
//   start: string, the filter to start from: kind, status, speaker, against, outlet, entity, document, claim, words
//   hits: string, the query of the full-text index, for words and for an entity
//   since: datetime, the earliest time; far in the past for no bound
//   at: datetime, the time to start below: the last row's, or the latest wanted
//   id: string, what the id must be below where the time is just that
//   limit: integer, how many at most
//   kind: string?, null for any
//   status: string?, null for any
//   speakers: list<string>?, ids of who raised it; null for any
//   against: list<string>?, ids of whose assertion it is against; null for anybody's
//   outlets: list<string>?, ids of one outlet that published a page on which either side stands; null for any
//   entities: list<string>?, ids of one entity that the words of either side name; null for any
//   document: string?, the page on which either side stands; null for any
//   claim: string?, the claim that is disputed; null for any
//   min_confidence: float?, null for any
//   words: list<string>, regular expressions that the words of the two sides must each match
// mode: read
// scans: none
CALL () {
  WITH $start AS start WHERE start = 'kind'
  MATCH (d:Dispute) USING INDEX d:Dispute(kind) WHERE d.kind = $kind
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'status'
  MATCH (d:Dispute) USING INDEX d:Dispute(status) WHERE d.status = $status
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'speaker'
  MATCH (who:Speaker)-[:RAISED]->(d:Dispute) WHERE who.id IN $speakers
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'against'
  MATCH (whose:Speaker)-[:ASSERTED]->(:Assertion)<-[:AGAINST]-(d:Dispute) WHERE whose.id IN $against
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'claim'
  MATCH (of:Claim)<-[:DISPUTES]-(d:Dispute) WHERE of.id = $claim
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'document'
  MATCH (page:Document)<-[:VERSION_OF|ON]-(:Text)<-[:STATED_IN|AGAINST]-(d:Dispute) WHERE page.id = $document
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'document'
  MATCH (page:Document)<-[:VERSION_OF|ON]-(:Text)<-[:FOUND_IN]-(:Assertion)<-[:STATED_IN|AGAINST]-(d:Dispute) WHERE page.id = $document
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'outlet'
  MATCH (via:Outlet)<-[:PUBLISHED_BY]-(:Document)<-[:VERSION_OF|ON]-(:Text)<-[:STATED_IN|AGAINST]-(d:Dispute) WHERE via.id IN $outlets
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'outlet'
  MATCH (via:Outlet)<-[:PUBLISHED_BY]-(:Document)<-[:VERSION_OF|ON]-(:Text)<-[:FOUND_IN]-(:Assertion)<-[:STATED_IN|AGAINST]-(d:Dispute)
  WHERE via.id IN $outlets
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'entity'
  CALL db.index.fulltext.queryNodes('onrecord_dispute_names', $hits) YIELD node AS d
  RETURN d
  UNION
  WITH $start AS start WHERE start = 'words'
  CALL db.index.fulltext.queryNodes('onrecord_dispute_text', $hits) YIELD node AS d
  RETURN d
}
WITH d
WHERE d.seenAt >= $since AND d.seenAt <= $at AND CASE d.seenAt WHEN $at THEN d.id < $id ELSE true END
  AND d.current
  AND ($kind IS NULL OR d.kind = $kind)
  AND ($status IS NULL OR d.status = $status)
  AND ($min_confidence IS NULL OR d.confidence >= $min_confidence)
  AND all(pattern IN $words WHERE d.text =~ pattern OR d.against =~ pattern)
  AND ($entities IS NULL OR any(entity IN $entities WHERE entity IN d.names))
  AND ($claim IS NULL OR EXISTS { (d)-[:DISPUTES]->(of:Claim WHERE of.id = $claim) })
  AND ($speakers IS NULL OR EXISTS { (d)<-[:RAISED]-(who:Speaker WHERE who.id IN $speakers) })
  AND ($against IS NULL OR EXISTS { (d)-[:AGAINST]->(:Assertion)<-[:ASSERTED]-(whose:Speaker WHERE whose.id IN $against) })
  AND ($document IS NULL
    OR EXISTS { (d)-[:STATED_IN|AGAINST]->(:Text)-[:VERSION_OF|ON]->(page:Document WHERE page.id = $document) }
    OR EXISTS { (d)-[:STATED_IN|AGAINST]->(:Assertion)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(page:Document WHERE page.id = $document) })
  AND ($outlets IS NULL
    OR EXISTS { (d)-[:STATED_IN|AGAINST]->(:Text)-[:VERSION_OF|ON]->(:Document)-[:PUBLISHED_BY]->(via:Outlet WHERE via.id IN $outlets) }
    OR EXISTS {
      (d)-[:STATED_IN|AGAINST]->(:Assertion)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(:Document)-[:PUBLISHED_BY]->(via:Outlet WHERE via.id IN $outlets) })
WITH d
ORDER BY d.seenAt DESC, d.id DESC
LIMIT $limit
RETURN d.id AS id, d.seenAt AS at
