// name: read/claim_exists
// answers: The claim with this id, if there is one.
// parameters:
//   id: string, of the claim
// mode: read
// scans: none
MATCH (c:Claim) WHERE c.id = $id RETURN c.id AS id
