// name: read/disputes_by_time
// answers: One page of current disputes that match, the newest first, found by walking the index of times: for filters that
//   many pass.
// parameters:
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
MATCH (d:Dispute)
USING INDEX d:Dispute(seenAt, id)
WHERE d.seenAt >= $since AND d.seenAt <= $at AND d.id IS NOT NULL AND CASE d.seenAt WHEN $at THEN d.id < $id ELSE true END
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
