// name: read/dispute_starts
// answers: How many disputes there are, and how many each filter would have to look through, roughly; null where the filter
//   is not set.
// parameters:
//   kind: string?
//   status: string?
//   speakers: list<string>?, ids of who raised it
//   against: list<string>?, ids of whose assertion it is against
//   outlets: list<string>?, ids of one outlet
//   document: string?, the page
//   claim: string?, the claim
//   enough: integer, where to stop counting what has to be counted one by one
// mode: read
// scans: none
RETURN
  COUNT { (:Dispute) } AS total,
  CASE WHEN $kind IS NOT NULL THEN COUNT { MATCH (d:Dispute) USING INDEX d:Dispute(kind) WHERE d.kind = $kind RETURN d LIMIT $enough } END AS kind,
  CASE WHEN $status IS NOT NULL THEN COUNT { MATCH (d:Dispute) USING INDEX d:Dispute(status) WHERE d.status = $status RETURN d LIMIT $enough } END AS status,
  CASE WHEN $speakers IS NOT NULL THEN COUNT { MATCH (who:Speaker)-[:RAISED]->() WHERE who.id IN $speakers } END AS speaker,
  CASE WHEN $against IS NOT NULL THEN COUNT { MATCH (whose:Speaker)-[:ASSERTED]->() WHERE whose.id IN $against } END AS against,
  CASE WHEN $outlets IS NOT NULL THEN 20 * COUNT { MATCH (via:Outlet)<-[:PUBLISHED_BY]-() WHERE via.id IN $outlets } END AS outlet,
  CASE WHEN $document IS NOT NULL THEN 20 * COUNT { MATCH (page:Document)<-[:VERSION_OF|ON]-() WHERE page.id = $document } END AS document,
  CASE WHEN $claim IS NOT NULL THEN COUNT { MATCH (of:Claim)<-[:DISPUTES]-() WHERE of.id = $claim } END AS claim
