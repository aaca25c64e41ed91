// name: write/forget_account
// answers: Takes an account out, with the reviews about it; tells who was taken for it, or may be.
// parameters:
//   id: string
// mode: write
// scans: none
MATCH (a:Account {id: $id})
WITH
  a,
  COLLECT { MATCH (a)-[:SAME_AS]-(x) RETURN x.id }
  + COLLECT { MATCH (a)<-[:WITH]-(:Review)-[:OF]->(x) RETURN x.id } AS alike,
  COLLECT { MATCH (a)<-[:WITH]-(r:Review) RETURN r } AS about
FOREACH (r IN about | DETACH DELETE r)
DETACH DELETE a
RETURN alike
