// name: read/reached
// answers: For each of some assertions what it came through: itself and the assertions that carry it from the inside out,
//   each with its speaker and the outlets it cites; what its words are quoted from; the earliest page that they are copied
//   from; and the text that it stands in, with who wrote and who published that.
// parameters:
//   ids: list<string>, of assertions
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (a:Assertion)-[:FOUND_IN]->(t:Text) WHERE a.id = id
MATCH (t)-[:VERSION_OF|ON]->(d:Document)
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(published:Outlet)
OPTIONAL MATCH (publisher:Entity WHERE publisher.id = published.canonicalId)
OPTIONAL MATCH (d)<-[:WROTE]-(byline:Account)
OPTIONAL MATCH (t:Comment)<-[:WROTE]-(commenter:Account)
WITH a, t, d, head(collect(coalesce(publisher, published))) AS outlet, head(collect(byline)) AS byline,
  head(collect(commenter)) AS commenter, (a.content[0] + a.content[1]) / 2 AS middle
RETURN
  a.id AS id,
  COLLECT {
    MATCH carried = (a)-[:REPORTED_IN*0..]->(by:Assertion)
    WITH by, length(carried) AS steps
    ORDER BY steps, by.id
    RETURN {
      id: by.id,
      speaker: head(COLLECT {
        MATCH (by)<-[:ASSERTED]-(s:Speaker)
        OPTIONAL MATCH (one:Entity WHERE one.id = s.canonicalId)
        WITH coalesce(one, s) AS s
        RETURN {id: s.id, name: s.name, kind: CASE WHEN s:Account THEN 'account' WHEN s:Outlet THEN 'outlet' ELSE s.kind END}
        LIMIT 1 }),
      cites: COLLECT {
        MATCH (by)-[c:CITES]->(via)
        OPTIONAL MATCH (one:Entity WHERE one.id = via.canonicalId)
        WITH c, coalesce(one, via) AS via
        ORDER BY c.order, via.id
        RETURN {id: via.id, name: coalesce(via.name, via.url, via.id), kind: CASE WHEN via:Outlet THEN 'outlet' ELSE 'document' END,
          role: c.role} }
    } } AS chain,
  COLLECT {
    MATCH (t)-[q:QUOTES]->(said:Assertion)
    WHERE any(n IN range(0, size(q.spans) - 1, 2) WHERE q.spans[n] <= middle AND middle < q.spans[n + 1])
    RETURN said.id ORDER BY said.id } AS quotes,
  head(COLLECT {
    MATCH (t)-[c:COPIES]->(v:Version)-[:VERSION_OF]->(page:Document)
    WHERE any(n IN range(0, size(c.spans) - 1, 2) WHERE c.spans[n] <= middle AND middle < c.spans[n + 1])
    WITH c, v, page
    ORDER BY coalesce(v.publishedAt, v.fetchedAt), v.id
    LIMIT 1
    OPTIONAL MATCH (page)-[:PUBLISHED_BY]->(o:Outlet)
    OPTIONAL MATCH (one:Entity WHERE one.id = o.canonicalId)
    WITH c, v, page, coalesce(one, o) AS o
    ORDER BY o.id
    LIMIT 1
    RETURN {version: v.id, share: c.share, document: {id: page.id, url: page.url, title: v.title},
      outlet: CASE WHEN o IS NOT NULL THEN {id: o.id, name: o.name} END} }) AS copied,
  CASE WHEN t:Comment THEN {id: t.id, url: t.url,
    writer: CASE WHEN commenter IS NOT NULL THEN {id: commenter.id, name: commenter.name} END} END AS comment,
  {id: d.id, url: d.url} AS document,
  CASE WHEN outlet IS NOT NULL THEN {id: outlet.id, name: outlet.name} END AS outlet,
  CASE WHEN byline IS NOT NULL THEN {id: byline.id, name: byline.name} END AS writer
