// name: read/review_member
// answers: The first assertion by id that expresses a claim, but for one.
// parameters:
//   claim: string, id
//   but: string, id of an assertion
// mode: read
// scans: none
MATCH (c:Claim) WHERE c.id = $claim
RETURN head(COLLECT { MATCH (c)<-[:EXPRESSES]-(a:Assertion) WHERE a.id <> $but RETURN a.id ORDER BY a.id LIMIT 1 }) AS assertion
