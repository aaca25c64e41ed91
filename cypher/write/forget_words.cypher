// name: write/forget_words
// answers: Empties comments: they keep their place in the thread, and neither words nor writer. Tells what they pointed
//   at. The checksum stays, so that the bytes go with the document.
// parameters:
//   comments: list<string>, ids
// mode: write
// scans: none
UNWIND $comments AS id
MATCH (c:Comment {id: id})
SET c = {id: c.id, text: '', forgotten: true, sha256: c.sha256, fetchedAt: c.fetchedAt, reading: c.reading}
WITH
  c,
  COLLECT { MATCH (c)-[:MENTIONS|LINKS_TO]->(x) RETURN x.id }
  + COLLECT { MATCH (c)<-[:AGAINST|STATED_IN]-(:Dispute)-[:DISPUTES]->(x) RETURN x.id }
  + COLLECT { MATCH (c)<-[:AGAINST|STATED_IN]-(:Dispute)<-[:RAISED]-(x) RETURN x.id } AS candidates,
  COLLECT { MATCH (c)<-[:AGAINST|STATED_IN]-(d:Dispute) RETURN d }
  + COLLECT { MATCH (c)<-[:AGAINST|STATED_IN]-(:Dispute)<-[:OF]-(r:Review) RETURN r } AS about,
  COLLECT { MATCH (c)-[r]-() WHERE NOT type(r) IN ['ON', 'SHOWS', 'REPLY_TO', 'AGAINST', 'STATED_IN'] RETURN r } AS told,
  COLLECT { MATCH (c)-[r:REPLY_TO]->() RETURN r } AS replies
FOREACH (x IN about | DETACH DELETE x)
FOREACH (r IN replies | SET r = {method: 'structure:thread'})
FOREACH (r IN told | DELETE r)
RETURN candidates
