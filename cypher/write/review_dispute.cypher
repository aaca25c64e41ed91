// name: write/review_dispute
// answers: The new review's id and time, none where there is no such dispute; a dispute is what its last review says.
//   Reviews of one dispute never have the same time.
// parameters:
//   dispute: string, id
//   status: string, what the dispute is from now on
//   at: datetime
//   properties: map, {id, decision, reviewer, note}
// mode: write
// scans: none
MATCH (d:Dispute {id: $dispute})
SET d.id = d.id
WITH d, COLLECT { MATCH (d)<-[:OF|WITH]-(r:Review) RETURN r.at ORDER BY r.at DESC LIMIT 1 }[0] AS last
WITH d, CASE WHEN last >= $at THEN last + duration({microseconds: 1}) ELSE $at END AS at
CREATE (r:Review)-[:OF]->(d)
SET r = $properties, r.at = at, d.status = $status
RETURN r.id AS id, r.at AS at
