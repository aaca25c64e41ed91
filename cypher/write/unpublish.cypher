// name: write/unpublish
// answers: Takes the publisher and the writer from documents that have others now; tells whom.
// parameters:
//   rows: list<map>, {id, outlet, author}; outlet and author may be null
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (d:Document {id: row.id})
OPTIONAL MATCH (d)-[p:PUBLISHED_BY]->(o:Outlet)
WHERE row.outlet IS NULL OR o.id <> row.outlet
OPTIONAL MATCH (d)<-[w:WROTE]-(a:Account)
WHERE row.author IS NULL OR a.id <> row.author
WITH p, w, o.id AS outlet, a.id AS author
DELETE p, w
RETURN collect(DISTINCT outlet) + collect(DISTINCT author) AS candidates
