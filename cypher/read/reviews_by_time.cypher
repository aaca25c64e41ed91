// name: read/reviews_by_time
// answers: One page of reviews, the newest first.
// parameters:
//   since: datetime, the earliest time; far in the past for no bound
//   at: datetime, the time to start below: the last row's, or the latest wanted
//   id: string, what the id must be below where the time is just that
//   limit: integer, how many at most
//   reviewer: string?, whose; null for any
//   decision: string?, null for any
// mode: read
// scans: none
MATCH (r:Review)
USING INDEX r:Review(at, id)
WHERE r.at >= $since AND r.at <= $at AND r.id IS NOT NULL AND CASE r.at WHEN $at THEN r.id < $id ELSE true END
  AND ($reviewer IS NULL OR r.reviewer = $reviewer)
  AND ($decision IS NULL OR r.decision = $decision)
WITH r
ORDER BY r.at DESC, r.id DESC
LIMIT $limit
MATCH (r)-[:OF]->(of)
OPTIONAL MATCH (r)-[:WITH]->(other)
RETURN r.id AS id, r.decision AS decision, r.reviewer AS reviewer, r.note AS note, r.at AS at, r.movedTo AS moved_to,
  {id: of.id, text: coalesce(of.name, of.text)} AS of,
  CASE WHEN other IS NOT NULL THEN {id: other.id, text: coalesce(other.name, other.text, other.url)} END AS with
ORDER BY at DESC, id DESC
