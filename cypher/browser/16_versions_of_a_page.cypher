// How one page changed
// The texts that a page has had, and which assertions go on from one to the next. Without an address it is the page that
// changed most often.
// :param url => null
CALL () {
  WITH $url AS url WHERE url IS NOT NULL
  MATCH (page:Document)
  WHERE page.url = url
  RETURN page
  UNION
  WITH $url AS url WHERE url IS NULL
  MATCH (:Version {current: false})-[:VERSION_OF]->(d:Document)
  WITH d, count(*) AS versions ORDER BY versions DESC, d.id LIMIT 1
  RETURN d AS page
}
MATCH version = (page)<-[:VERSION_OF]-(v:Version)
OPTIONAL MATCH said = (v)<-[:FOUND_IN]-(a:Assertion)
OPTIONAL MATCH goes_on = (a)-[:CONTINUES]->(:Assertion)
RETURN version, said, goes_on
LIMIT 100
