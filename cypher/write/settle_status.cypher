// name: write/settle_status
// answers: The ids of disputes, and of those that say the same in another text of the page, with the status that the last
//   review of any of them gives them.
// parameters:
//   ids: list<string>, of disputes
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (d:Dispute {id: id})
CALL (d) {
  MATCH (same:Dispute {key: d.key})
  RETURN same
  UNION
  WITH d AS same
  RETURN same
}
WITH d, collect(DISTINCT same) AS alike
WITH alike, head(COLLECT {
  UNWIND alike AS one
  MATCH (one)<-[:OF]-(r:Review)
  WHERE r.decision IN ['confirm', 'reject', 'reopen']
  RETURN r.decision ORDER BY r.at DESC, r.id DESC LIMIT 1 }) AS decision
UNWIND alike AS d
WITH DISTINCT d, CASE decision WHEN 'confirm' THEN 'confirmed' WHEN 'reject' THEN 'rejected' ELSE 'candidate' END AS status
SET d.status = status
RETURN d.id AS id
