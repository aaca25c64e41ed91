// name: read/named_from
// answers: One page of speakers, entities or outlets, by name, found from one page's text or from words of a name.
// parameters:
//   label: string, Speaker, Entity or Outlet
//   start: string, where to look first: document or words; with document, words are still asked for
//   hits: string, the query of the full-text index, for words
//   document: string?, the page whose newest version they speak in or are named in; null for any
//   name: string, the name to start at: the last row's, or empty
//   id: string, what the id must be above where the name is just that
//   limit: integer, how many at most
//   kind: string?, person, organization and so on, or account or outlet; null for any
//   words: list<string>, regular expressions that one name must match each
// mode: read
// scans: none
CALL () {
  WITH $start AS start WHERE start = 'words'
  CALL db.index.fulltext.queryNodes('onrecord_names', $hits) YIELD node
  WHERE all(pattern IN $words WHERE any(name IN [node.name] + coalesce(node.aliases, []) WHERE name =~ pattern))
  OPTIONAL MATCH (one:Entity) WHERE one.id = node.canonicalId
  RETURN coalesce(one, node) AS n
  UNION
  WITH $start AS start WHERE start = 'document' AND $label <> 'Speaker'
  MATCH (d:Document)<-[:VERSION_OF|ON]-(t:Text)-[:MENTIONS]->(node:Entity)
  WHERE d.id = $document AND all(pattern IN $words WHERE any(name IN [node.name] + coalesce(node.aliases, []) WHERE name =~ pattern))
  MATCH (one:Entity) WHERE one.id = node.canonicalId
  RETURN one AS n
  UNION
  WITH $start AS start WHERE start = 'document'
  MATCH (d:Document)<-[:VERSION_OF|ON]-(:Text)<-[:FOUND_IN]-(a:Assertion)<-[:ASSERTED]-(node:Speaker)
  WHERE d.id = $document AND a.current
    AND all(pattern IN $words WHERE any(name IN [node.name] + coalesce(node.aliases, []) WHERE name =~ pattern))
  OPTIONAL MATCH (one:Entity) WHERE one.id = node.canonicalId
  RETURN coalesce(one, node) AS n
}
WITH DISTINCT n
WHERE $label IN labels(n)
  AND n.name >= $name AND CASE n.name WHEN $name THEN n.id > $id ELSE true END
  AND coalesce(n.canonicalId, n.id) = n.id
  AND ($kind IS NULL OR $kind = CASE WHEN n:Account THEN 'account' WHEN n:Outlet THEN 'outlet' ELSE n.kind END)
WITH n
ORDER BY n.name, n.id
LIMIT $limit
CALL (n) {
  MATCH (same:Entity) WHERE same.canonicalId = n.canonicalId
  RETURN same
  UNION
  MATCH (same:Account) WHERE same.canonicalId = n.canonicalId
  RETURN same
  UNION
  WITH n AS same
  RETURN same
}
WITH n, collect(same.id) AS ids, collect(same.name) AS names, collect(same.aliases) AS aliases, sum(COUNT { (same)-[:ASSERTED]->() }) AS assertions, sum(COUNT { (same)<-[:MENTIONS]-() }) AS texts,
  sum(COUNT { (same)<-[:PUBLISHED_BY]-() }) AS documents, sum(COUNT { (same)<-[:CITES]-() }) AS carried
RETURN n.id AS id, n.name AS name, CASE WHEN n:Account THEN 'account' WHEN n:Outlet THEN 'outlet' ELSE n.kind END AS kind, coalesce(n.canonicalId, n.id) AS canonical_id,
  COLLECT { UNWIND reduce(all = names, some IN aliases | all + some) AS name
    WITH DISTINCT name WHERE name <> n.name RETURN name ORDER BY name } AS aliases, n.site AS site, n.domain AS domain,
  n.country AS country, n.medium AS medium, [one IN ids WHERE one <> n.id] AS same_as, assertions, texts, documents, carried
ORDER BY name, id
