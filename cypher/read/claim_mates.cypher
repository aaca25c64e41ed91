// name: read/claim_mates
// answers: The ids of all assertions of the claims that some assertions express.
// parameters:
//   ids: list<string>, of assertions
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (a:Assertion)-[:EXPRESSES]->(c:Claim) WHERE a.id = id
WITH DISTINCT c
MATCH (c)<-[:EXPRESSES]-(m:Assertion)
RETURN m.id AS id
