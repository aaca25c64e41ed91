// name: read/comment
// answers: One comment, what it answers, and the version that shows it.
// parameters:
//   id: string, of the comment
// mode: read
// scans: none
MATCH (c:Comment) WHERE c.id = $id
MATCH (c)-[:ON]->(d:Document)
MATCH (c)<-[shown:SHOWS]-(v:Version)
WITH c, d, v, shown, CASE WHEN c.sha256 IS NULL THEN v ELSE c END AS proof
ORDER BY v.current DESC, v.fetchedAt DESC, v.id
LIMIT 1
RETURN shown.position AS index, c.id AS id, shown.depth AS depth, toString(c.postedAt) AS posted_at, c.url AS url, c.text AS text,
  coalesce(c.byPostAuthor, false) AS by_post_author, toString(proof.fetchedAt) AS fetched_at, proof.sha256 AS sha256,
  head(COLLECT { MATCH (c)<-[:WROTE]-(w:Account) RETURN {id: w.id, name: w.name} LIMIT 1 }) AS author,
  head(COLLECT { MATCH (c)-[:REPLY_TO]->(to:Comment) RETURN to.id LIMIT 1 }) AS reply_to,
  {id: d.id, url: d.url, kind: d.kind} AS document,
  {id: v.id, title: v.title, language: v.language, published_at: toString(v.publishedAt), fetched_at: toString(v.fetchedAt), sha256: v.sha256,
    current: v.current} AS version
