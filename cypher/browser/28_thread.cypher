// A thread as a tree
// The comments of one page and who answers whom. Without an address it is the page with the most comments among those last
// read.
// :param url => null
CALL () {
  WITH $url AS url WHERE url IS NOT NULL
  MATCH (page:Document)
  WHERE page.url = url
  RETURN page
  UNION
  WITH $url AS url WHERE url IS NULL
  MATCH (v:Version)
  WHERE v.fetchedAt IS NOT NULL
  WITH v ORDER BY v.fetchedAt DESC LIMIT 500
  MATCH (v)-[:VERSION_OF]->(d:Document)
  WITH d, COUNT { (d)<-[:ON]-(:Comment) } AS comments ORDER BY comments DESC, d.id LIMIT 1
  RETURN d AS page
}
MATCH answers = (c:Comment)-[:REPLY_TO]->()
WHERE EXISTS { (c)-[:ON]->(page) }
OPTIONAL MATCH wrote = (:Account)-[:WROTE]->(c)
RETURN answers, wrote
LIMIT 150
