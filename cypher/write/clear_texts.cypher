// name: write/clear_texts
// answers: Takes from texts what an earlier reading found there, but for the assertions; tells what was pointed at.
// parameters:
//   texts: list<string>, ids
// mode: write
// scans: none
UNWIND $texts AS id
MATCH (t:Text {id: id})-[r:MENTIONS|LINKS_TO|REPLY_TO|QUOTES]->(x)
WITH r, x.id AS pointed
DELETE r
RETURN collect(DISTINCT pointed) AS candidates
