// What the page no longer says
// Assertions of texts that a page has had and shows no more, and that the text after it does not repeat.
// :param rows => 100
MATCH (v:Version {current: false})-[:VERSION_OF]->(page:Document)
MATCH (v)<-[:FOUND_IN]-(a:Assertion)
WHERE NOT EXISTS { (:Assertion)-[:CONTINUES]->(a) }
WITH page, v, a ORDER BY v.fetchedAt DESC, a.id LIMIT toInteger($rows)
MATCH (now:Version {current: true})-[:VERSION_OF]->(page)
RETURN
  coalesce(page.url, page.id) AS page,
  head(COLLECT { MATCH (s:Speaker)-[:ASSERTED]->(a) RETURN s.name }) AS speaker,
  a.text AS words,
  v.fetchedAt AS read,
  now.fetchedAt AS gone_by,
  a.id AS assertion
