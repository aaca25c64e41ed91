// Claims that contradict each other
// Two claims that cannot both be true, and who makes which.
// :param limit => 12
MATCH between = (c:Claim)-[x:CONTRADICTS]->(o:Claim)
WITH between, x, c, o ORDER BY x.score DESC, c.id LIMIT toInteger($limit)
OPTIONAL MATCH one = (c)<-[:EXPRESSES]-(:Assertion)<-[:ASSERTED]-(:Speaker)
OPTIONAL MATCH other = (o)<-[:EXPRESSES]-(:Assertion)<-[:ASSERTED]-(:Speaker)
RETURN between, one, other
