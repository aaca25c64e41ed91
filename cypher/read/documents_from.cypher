// name: read/documents_from
// answers: One page of documents by their newest versions, the last read first, found from an outlet or from words of a
//   title.
// parameters:
//   start: string, where to look first: outlet or words
//   hits: string, the query of the full-text index, for words
//   at: datetime, the time of reading to start below: the last row's, or far in the future
//   id: string, what the version's id must be below where the time is just that
//   limit: integer, how many at most
//   outlets: list<string>?, ids of one outlet that published the page; null for any
//   kind: string?, html or text; null for any
//   since: datetime?, the earliest time of publication; null for any
//   until: datetime?, the latest time of publication; null for any
//   words: list<string>, regular expressions that the title must match each
// mode: read
// scans: none
CALL () {
  WITH $start AS start WHERE start = 'outlet'
  MATCH (by:Outlet)<-[:PUBLISHED_BY]-(:Document)<-[:VERSION_OF]-(v:Version) WHERE by.id IN $outlets
  RETURN v
  UNION
  WITH $start AS start WHERE start = 'words'
  CALL db.index.fulltext.queryNodes('onrecord_version_title', $hits) YIELD node AS v
  RETURN v
}
WITH v
WHERE v.fetchedAt <= $at AND CASE v.fetchedAt WHEN $at THEN v.id < $id ELSE true END
  AND v.current
  AND ($since IS NULL OR v.publishedAt >= $since)
  AND ($until IS NULL OR v.publishedAt <= $until)
  AND all(pattern IN $words WHERE v.title =~ pattern)
MATCH (v)-[:VERSION_OF]->(d:Document)
WHERE ($kind IS NULL OR d.kind = $kind)
  AND ($outlets IS NULL OR EXISTS { (d)-[:PUBLISHED_BY]->(by:Outlet WHERE by.id IN $outlets) })
WITH v, d
ORDER BY v.fetchedAt DESC, v.id DESC
LIMIT $limit
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(o:Outlet)
RETURN d.id AS id, d.url AS url, d.kind AS kind, v.title AS title, v.fetchedAt AS at, v.id AS key,
  {id: v.id, title: v.title, language: v.language, published_at: toString(v.publishedAt), fetched_at: toString(v.fetchedAt), sha256: v.sha256,
    current: v.current} AS version,
  CASE WHEN o IS NOT NULL THEN {id: o.id, name: o.name, domain: o.domain} END AS outlet,
  head(COLLECT { MATCH (d)<-[:WROTE]-(w:Account) RETURN {id: w.id, name: w.name} LIMIT 1 }) AS author,
  COUNT { (d)<-[:VERSION_OF]-() } AS versions, COUNT { (v)-[shown:SHOWS]->() WHERE shown.until IS NULL } AS comments
ORDER BY at DESC, key DESC
