// name: read/entities_by_name
// answers: One page of entities, by name, each once whatever it was taken for.
// parameters:
//   name: string, the name to start at: the last row's, or empty
//   id: string, what the id must be above where the name is just that
//   limit: integer, how many at most
//   kind: string?, person, organization and so on, or account or outlet; null for any
// mode: read
// scans: none
MATCH (n:Entity)
USING INDEX n:Entity(name, id)
WHERE n.name >= $name AND n.id IS NOT NULL AND CASE n.name WHEN $name THEN n.id > $id ELSE true END
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
