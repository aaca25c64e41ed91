// name: read/claims_held
// answers: What some claims say of themselves now, whether any claim cannot be true with them, and whether disputes
//   concern them.
// parameters:
//   claims: list<string>, ids
// mode: read
// scans: none
UNWIND $claims AS id
MATCH (c:Claim) WHERE c.id = id
RETURN c.id AS id, c.text AS text, c.firstSeen AS firstSeen, c.lastSeen AS lastSeen, c.formerIds AS formerIds,
  EXISTS { (c)-[:CONTRADICTS]-(:Claim) } AS contradicts,
  c.disputed <> 'no' OR EXISTS { (c)<-[:DISPUTES]-() } AS concerned
