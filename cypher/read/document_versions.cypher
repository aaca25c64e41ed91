// name: read/document_versions
// answers: The versions of a document, the newest first, one page of them.
// parameters:
//   id: string, of the document
//   at: datetime, the time of reading to start below
//   below: string, what the version's id must be below where the time is just that
//   limit: integer, how many at most
// mode: read
// scans: none
MATCH (d:Document) WHERE d.id = $id
MATCH (d)<-[:VERSION_OF]-(v:Version)
WHERE v.fetchedAt <= $at AND CASE v.fetchedAt WHEN $at THEN v.id < $below ELSE true END
WITH d, v
ORDER BY v.fetchedAt DESC, v.id DESC
LIMIT $limit
RETURN v.id AS id, v.title AS title, v.language AS language, toString(v.publishedAt) AS published_at, toString(v.fetchedAt) AS fetched_at,
  v.sha256 AS sha256, v.current AS current, {id: d.id, url: d.url, kind: d.kind} AS document,
  head(COLLECT { MATCH (d)-[:PUBLISHED_BY]->(o:Outlet) RETURN {id: o.id, name: o.name, domain: o.domain} LIMIT 1 }) AS outlet,
  v.text AS text, COUNT { (v)-[shown:SHOWS]->() WHERE shown.until IS NULL } AS comments
