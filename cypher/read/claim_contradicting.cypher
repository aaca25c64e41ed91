// name: read/claim_contradicting
// answers: The claims that cannot be true with one, the surest first.
// parameters:
//   claim: string, id
//   limit: integer, how many at most
// mode: read
// scans: none
MATCH (c:Claim)-[r:CONTRADICTS]-(other:Claim) WHERE c.id = $claim
RETURN other.id AS id, other.text AS text, r.score AS score, r.method AS method, other.disputed AS disputed
ORDER BY score DESC, id
LIMIT $limit
