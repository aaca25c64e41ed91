// name: read/reviews_of
// answers: One page of the reviews of one thing, or with it as the other of a pair, the newest first.
// parameters:
//   of: string, id of what they are about
//   since: datetime, the earliest time; far in the past for no bound
//   at: datetime, the time to start below: the last row's, or the latest wanted
//   id: string, what the id must be below where the time is just that
//   limit: integer, how many at most
//   reviewer: string?, whose; null for any
//   decision: string?, null for any
// mode: read
// scans: none
MATCH (about:Dispute|Assertion|Entity|Account|Document) WHERE about.id = $of
MATCH (about)<-[:OF|WITH]-(r:Review)
WHERE r.at >= $since AND r.at <= $at AND CASE r.at WHEN $at THEN r.id < $id ELSE true END
  AND ($reviewer IS NULL OR r.reviewer = $reviewer)
  AND ($decision IS NULL OR r.decision = $decision)
WITH DISTINCT r
ORDER BY r.at DESC, r.id DESC
LIMIT $limit
MATCH (r)-[:OF]->(of)
OPTIONAL MATCH (r)-[:WITH]->(other)
RETURN r.id AS id, r.decision AS decision, r.reviewer AS reviewer, r.note AS note, r.at AS at, r.movedTo AS moved_to,
  {id: of.id, text: coalesce(of.name, of.text)} AS of,
  CASE WHEN other IS NOT NULL THEN {id: other.id, text: coalesce(other.name, other.text, other.url)} END AS with
ORDER BY at DESC, id DESC
