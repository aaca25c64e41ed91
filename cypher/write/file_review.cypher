// name: write/file_review
// answers: Nothing; writes the review that a filed dispute comes with. Its time is later than that of any other review of it.
// parameters:
//   dispute: string, id
//   id: string, of the review
//   reviewer: string
//   note: string?
//   at: datetime
// mode: write
// scans: none
MATCH (d:Dispute {id: $dispute})
SET d.id = d.id
WITH d, COLLECT { MATCH (d)<-[:OF]-(r:Review) RETURN r.at ORDER BY r.at DESC LIMIT 1 } AS last
MERGE (r:Review {id: $id})
ON CREATE SET
  r.decision = 'confirm',
  r.reviewer = $reviewer,
  r.note = $note,
  r.at = CASE WHEN last[0] >= $at THEN last[0] + duration({microseconds: 1}) ELSE $at END
MERGE (r)-[:OF]->(d)
