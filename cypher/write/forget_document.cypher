// name: write/forget_document
// answers: Takes a document out, with the reviews that moved somebody there; tells who published and who wrote it.
// parameters:
//   id: string
// mode: write
// scans: none
MATCH (d:Document {id: $id})
WITH
  d,
  COLLECT { MATCH (d)-[:PUBLISHED_BY]->(x) RETURN x.id }
  + COLLECT { MATCH (d)<-[:WROTE]-(x) RETURN x.id }
  + COLLECT { MATCH (d)<-[:WITH]-(:Review)-[:OF]->(x) RETURN x.id } AS candidates,
  COLLECT { MATCH (d)<-[:WITH]-(r:Review) RETURN r } AS about
FOREACH (r IN about | DETACH DELETE r)
DETACH DELETE d
RETURN candidates
