// name: read/places
// answers: For stretches of texts the page, version, outlet and comment that they stand in, and the words around.
// parameters:
//   rows: list<map>, {text, low, high}: ids of versions and comments, and from where to where
//   around: integer, how many code points of the text to give on either side
// mode: read
// scans: none
UNWIND $rows AS row
MATCH (t:Text) WHERE t.id = row.text
CALL (t) {
  MATCH (t)-[:VERSION_OF]->(d:Document)
  RETURN d, t AS v, null AS position
  UNION
  MATCH (t)-[:ON]->(d:Document)
  MATCH (t)<-[shown:SHOWS]-(v:Version)
  WITH d, v, shown
  ORDER BY v.current DESC, v.fetchedAt DESC, v.id
  LIMIT 1
  RETURN d, v, shown.position AS position
}
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(o:Outlet)
WITH row, t, d, v, position, head(collect(o)) AS o, CASE WHEN t.sha256 IS NULL THEN v ELSE t END AS proof
WITH *, CASE WHEN row.low > $around THEN row.low - $around ELSE 0 END AS context_start
RETURN
  row.text AS text, row.low AS low, row.high AS high,
  {id: d.id, url: d.url, kind: d.kind} AS document,
  {id: v.id, title: v.title, language: v.language, published_at: toString(v.publishedAt), fetched_at: toString(v.fetchedAt), sha256: v.sha256,
    current: v.current} AS version,
  CASE WHEN o IS NOT NULL THEN {id: o.id, name: o.name, domain: o.domain} END AS outlet,
  CASE WHEN t:Comment THEN {index: position, id: t.id, posted_at: toString(t.postedAt), url: t.url,
    fetched_at: toString(proof.fetchedAt), sha256: proof.sha256, author: head(COLLECT {
    MATCH (t)<-[:WROTE]-(w:Account) RETURN {id: w.id, name: w.name} LIMIT 1 })} END AS comment,
  context_start, substring(t.text, context_start, row.high + $around - context_start) AS context
