// Who asserted what: the newest, as a table
// When, who, in which words, through whom, and where it stands. Copy an id for the queries that ask for one.
// :param rows => 100
MATCH (a:Assertion)
WHERE a.seenAt IS NOT NULL AND a.current
WITH a
ORDER BY a.seenAt DESC, a.id DESC
LIMIT toInteger($rows)
MATCH (a)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(page:Document)
RETURN
  a.seenAt AS seen,
  head(COLLECT { MATCH (s:Speaker)-[:ASSERTED]->(a) RETURN s.name }) AS speaker,
  a.text AS words,
  COLLECT { MATCH (a)-[c:CITES]->(o:Outlet) RETURN c.role + ': ' + o.name ORDER BY c.order } AS through,
  coalesce(page.url, page.id) AS page,
  a.confidence AS confidence,
  a.id AS assertion
ORDER BY seen DESC, assertion DESC
