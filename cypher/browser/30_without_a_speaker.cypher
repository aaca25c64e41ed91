// Quality: assertions without a speaker
// Where the text has a source and nobody could tell whom it means. Read these first when you check a page.
// :param rows => 100
MATCH (a:Assertion)
WHERE a.seenAt IS NOT NULL AND a.current AND a.speakerStatus = 'unresolved'
WITH a ORDER BY a.seenAt DESC, a.id DESC LIMIT toInteger($rows)
MATCH (a)-[:FOUND_IN]->(t:Text)-[:VERSION_OF|ON]->(page:Document)
RETURN
  CASE WHEN size(coalesce(a.source, [])) > 1 THEN substring(t.text, a.source[0], a.source[-1] - a.source[0]) END AS source,
  a.text AS words, coalesce(page.url, page.id) AS page, a.id AS assertion
