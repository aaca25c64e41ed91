// name: write/clear_texts
// answers: Takes from texts what an earlier reading found there, but for the assertions and for what is found again; where a
//   text is linked to the same pages as before, what it repeats of them stays too. Tells what was pointed at.
// parameters:
//   rows: list<map>, {text, keep, linked}: keep as graph.ties.of_texts names ties
//   method: string, that of quotations of linked pages
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})-[r:MENTIONS|LINKS_TO|REPLY_TO|QUOTES]->(x)
WHERE NOT type(r) + ' ' + x.id + ' ' + coalesce(r.url, '') IN row.keep
  AND NOT (row.linked AND coalesce(r.method, '') = $method)
WITH r, x.id AS pointed
DELETE r
RETURN collect(DISTINCT pointed) AS candidates
