// name: read/version
// answers: One version with its text, and the page it belongs to.
// parameters:
//   id: string, of the version
// mode: read
// scans: none
MATCH (v:Version) WHERE v.id = $id
MATCH (v)-[:VERSION_OF]->(d:Document)
RETURN v.id AS id, v.title AS title, v.language AS language, toString(v.publishedAt) AS published_at, toString(v.fetchedAt) AS fetched_at,
  v.sha256 AS sha256, v.current AS current, {id: d.id, url: d.url, kind: d.kind} AS document,
  head(COLLECT { MATCH (d)-[:PUBLISHED_BY]->(o:Outlet) RETURN {id: o.id, name: o.name, domain: o.domain} LIMIT 1 }) AS outlet,
  v.text AS text, COUNT { (v)-[shown:SHOWS]->() WHERE shown.until IS NULL } AS comments
