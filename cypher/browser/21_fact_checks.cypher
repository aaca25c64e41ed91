// Fact-checks and what they review
// Published verdicts, who published them, and the claims they are about.
// :param limit => 12
MATCH (f:FactCheck)
WHERE f.id IS NOT NULL
WITH f ORDER BY f.publishedAt DESC, f.id LIMIT toInteger($limit)
OPTIONAL MATCH reviewed = (f)-[:REVIEWS]->(c:Claim)
OPTIONAL MATCH published = (:Outlet)-[:PUBLISHED]->(f)
OPTIONAL MATCH said = (c)<-[:EXPRESSES]-(:Assertion)<-[:ASSERTED]-(:Speaker)
RETURN f, reviewed, published, said
