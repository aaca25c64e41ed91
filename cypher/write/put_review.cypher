// name: write/put_review
// answers: Nothing; writes a review. Reviews are only ever added.
// parameters:
//   of: string, id of what it judges
//   other: string?, id of the other of a pair
//   properties: map, {id, decision, reviewer, note, at}, and perhaps given and movedTo
// mode: write
// scans: none
MATCH (of:Dispute|Assertion|Entity) WHERE of.id = $of
CREATE (r:Review)-[:OF]->(of)
SET r = $properties
WITH r
MATCH (other:Assertion|Entity|Account|Document) WHERE other.id = $other
CREATE (r)-[:WITH]->(other)
