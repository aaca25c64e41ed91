// Outlets that share one source
// Speakers whose words several outlets carry: what looks like many sources may be one.
// :param limit => 12
MATCH (a:Assertion)-[:CITES]->(o:Outlet)
WHERE a.current
MATCH (s:Speaker)-[:ASSERTED]->(a)
WHERE NOT s:Outlet
WITH s, collect(DISTINCT o) AS outlets
WHERE size(outlets) > 1
WITH s, outlets ORDER BY size(outlets) DESC, s.id LIMIT toInteger($limit)
MATCH shared = (s)-[:ASSERTED]->(:Assertion)-[:CITES]->(o:Outlet)
WHERE o IN outlets
RETURN shared
LIMIT 60
