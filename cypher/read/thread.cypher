// name: read/thread
// answers: The comments that a version shows, in the order of the page.
// parameters:
//   version: string, id of the version
// mode: read
// scans: none
MATCH (v:Version) WHERE v.id = $version
MATCH (v)-[shown:SHOWS]->(c:Comment) WHERE shown.until IS NULL
OPTIONAL MATCH (c)-[:REPLY_TO]->(parent:Comment)<-[above:SHOWS WHERE above.until IS NULL]-(v)
WITH c, shown, min(above.position) AS parent
RETURN shown.position AS index, c.id AS id, shown.depth AS depth, parent, toString(c.postedAt) AS posted_at, c.url AS url, c.text AS text,
  coalesce(c.byPostAuthor, false) AS by_post_author,
  head(COLLECT { MATCH (c)<-[:WROTE]-(w:Account) RETURN {id: w.id, name: w.name} LIMIT 1 }) AS author
ORDER BY index
