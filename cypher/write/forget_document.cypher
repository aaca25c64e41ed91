// name: write/forget_document
// answers: Takes a document out; tells who published and who wrote it.
// parameters:
//   id: string
// mode: write
// scans: none
MATCH (d:Document {id: $id})
WITH
  d,
  COLLECT { MATCH (d)-[:PUBLISHED_BY]->(x) RETURN x.id }
  + COLLECT { MATCH (d)<-[:WROTE]-(x) RETURN x.id } AS candidates
DETACH DELETE d
RETURN candidates
