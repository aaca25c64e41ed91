// name: read/claim_now
// answers: The id of the claim that has an id, or had it before it was joined with others.
// parameters:
//   id: string, of a claim, today's or a former one
//   hits: string, the same as a query of the full-text index
// mode: read
// scans: none
CALL () {
  MATCH (c:Claim) WHERE c.id = $id
  RETURN c.id AS id, 0 AS place
  UNION
  CALL db.index.fulltext.queryNodes('onrecord_claim_former_ids', $hits) YIELD node
  WHERE $id IN node.formerIds
  RETURN node.id AS id, 1 AS place
}
RETURN id
ORDER BY place, id
LIMIT 1
