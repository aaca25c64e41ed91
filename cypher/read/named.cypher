// name: read/named
// answers: One speaker, entity, outlet or account.
// parameters:
//   id: string, of the one that stands for all that are taken for it
// mode: read
// scans: none
MATCH (n:Entity|Account) WHERE n.id = $id
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
WITH n, collect(same.id) AS ids, collect(same.name) AS names, collect(labels(same)) AS labels, collect(same.aliases) AS aliases, sum(COUNT { (same)-[:ASSERTED]->() }) AS assertions, sum(COUNT { (same)<-[:MENTIONS]-() }) AS texts,
  sum(COUNT { (same)<-[:PUBLISHED_BY]-() }) AS documents, sum(COUNT { (same)<-[:CITES]-() }) AS carried
RETURN n.id AS id, n.name AS name, reduce(all = [], some IN labels | all + some) AS labels, CASE WHEN n:Account THEN 'account' WHEN n:Outlet THEN 'outlet' ELSE n.kind END AS kind, coalesce(n.canonicalId, n.id) AS canonical_id,
  COLLECT { UNWIND reduce(all = names, some IN aliases | all + some) AS name
    WITH DISTINCT name WHERE name <> n.name RETURN name ORDER BY name } AS aliases, n.site AS site,
  n.domain AS domain, n.country AS country, n.medium AS medium, [one IN ids WHERE one <> n.id] AS same_as, assertions, texts,
  documents, carried
