// Disputed claims with both sides
// In the middle the claim; on one side who asserts it, on the other the dispute and who raised it.
// :param limit => 12
MATCH (c:Claim)
WHERE c.disputed IN ['confirmed', 'candidate']
WITH c ORDER BY c.disputed DESC, c.lastSeen DESC, c.id LIMIT toInteger($limit)
MATCH disputed = (c)<-[:DISPUTES]-(d:Dispute)
WHERE d.current AND d.status <> 'rejected'
OPTIONAL MATCH raised = (d)<-[:RAISED]-(:Speaker)
OPTIONAL MATCH asserted = (c)<-[:EXPRESSES]-(a:Assertion)<-[:ASSERTED]-(:Speaker)
WHERE a.current
RETURN asserted, disputed, raised
