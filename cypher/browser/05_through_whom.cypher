// Through whom a claim reached us
// From the speaker outwards: who said it, the outlets it came through, who reports it, and the page it stands on. Without an
// id it is an assertion that came through most.
// :param assertion => null
CALL () {
  WITH $assertion AS id WHERE id IS NOT NULL
  MATCH (a:Assertion {id: id})
  RETURN a
  UNION
  WITH $assertion AS id WHERE id IS NULL
  MATCH (x:Assertion)
  WHERE x.seenAt IS NOT NULL AND x.current
  WITH x ORDER BY x.seenAt DESC LIMIT 2000
  WITH x, COUNT { (x)-[:REPORTED_IN]->() } * 2 + COUNT { (x)-[:CITES]->() } AS steps
  ORDER BY steps DESC, x.id LIMIT 1
  RETURN x AS a
}
MATCH way = (a)-[:REPORTED_IN*0..6]->(outer:Assertion)
OPTIONAL MATCH said = (:Speaker)-[:ASSERTED]->(outer)
OPTIONAL MATCH cited = (outer)-[:CITES]->()
OPTIONAL MATCH stands = (outer)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(page:Document)
OPTIONAL MATCH published = (page)-[:PUBLISHED_BY]->(:Outlet)
RETURN way, said, cited, stands, published
