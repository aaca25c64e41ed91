// The outlets that carry most
// Outlets by how many of the assertions of today came through them, as texts say, and in which role.
// :param rows => 100
MATCH (a:Assertion)-[c:CITES]->(o:Outlet)
WHERE a.current
WITH o, c.role AS role, count(*) AS often
WITH o, sum(often) AS assertions, collect(role + ': ' + often) AS roles
ORDER BY assertions DESC, o.id LIMIT toInteger($rows)
RETURN o.name AS outlet, o.domain AS domain, o.country AS country, assertions, roles
