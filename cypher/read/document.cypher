// name: read/document
// answers: One document with the text of its newest version.
// parameters:
//   id: string, of the document
// mode: read
// scans: none
MATCH (d:Document) WHERE d.id = $id
MATCH (d)<-[:VERSION_OF]-(v:Version)
WITH d, v
ORDER BY v.current DESC, v.fetchedAt DESC, v.id
LIMIT 1
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(o:Outlet)
RETURN d.id AS id, d.url AS url, d.kind AS kind, v.title AS title, v.fetchedAt AS at, v.id AS key,
  {id: v.id, title: v.title, language: v.language, published_at: toString(v.publishedAt), fetched_at: toString(v.fetchedAt), sha256: v.sha256,
    current: v.current} AS version,
  CASE WHEN o IS NOT NULL THEN {id: o.id, name: o.name, domain: o.domain} END AS outlet,
  head(COLLECT { MATCH (d)<-[:WROTE]-(w:Account) RETURN {id: w.id, name: w.name} LIMIT 1 }) AS author,
  COUNT { (d)<-[:VERSION_OF]-() } AS versions, COUNT { (v)-[shown:SHOWS]->() WHERE shown.until IS NULL } AS comments, v.text AS text
