// Who speaks through one outlet
// The speakers whose words came through an outlet. Without a name it is the outlet that most is cited from among the
// newest thousand assertions.
// :param outlet => null
// :param rows => 100
CALL () {
  WITH $outlet AS name WHERE name IS NOT NULL
  MATCH (o:Outlet {name: name})
  RETURN o
  LIMIT 1
  UNION
  WITH $outlet AS name WHERE name IS NULL
  MATCH (a:Assertion)
  WHERE a.seenAt IS NOT NULL
  WITH a ORDER BY a.seenAt DESC LIMIT 1000
  MATCH (a)-[:CITES]->(o:Outlet)
  WITH o, count(*) AS often ORDER BY often DESC, o.id LIMIT 1
  RETURN o
}
MATCH through = (o)<-[:CITES]-(a:Assertion)<-[:ASSERTED]-(:Speaker)
WHERE a.current
RETURN through
ORDER BY a.seenAt DESC, a.id
LIMIT toInteger($rows)
