// name: read/claim_members
// answers: The current assertions that express a claim.
// parameters:
//   claim: string, id
//   limit: integer, how many at most
// mode: read
// scans: none
MATCH (c:Claim) WHERE c.id = $claim
MATCH (c)<-[:EXPRESSES]-(a:Assertion)
WHERE a.current AND coalesce(a.judged, '') <> 'wrong'
RETURN a.id AS id
ORDER BY id
LIMIT $limit
