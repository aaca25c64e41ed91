// Quality: who speaks without a name
// Descriptions such as "two officials", by the outlet that published them.
// :param rows => 100
MATCH (s:Speaker {kind: 'unnamed'})-[:ASSERTED]->(a:Assertion)
WHERE a.current
WITH s, a LIMIT 20000
MATCH (a)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(:Document)-[:PUBLISHED_BY]->(o:Outlet)
RETURN o.name AS outlet, count(*) AS assertions, collect(DISTINCT s.name)[..5] AS for_example
ORDER BY assertions DESC, outlet
LIMIT toInteger($rows)
