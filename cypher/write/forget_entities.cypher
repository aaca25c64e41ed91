// name: write/forget_entities
// answers: Takes entities out that no text names any more, with the reviews about them; tells who was taken for them, or
//   may be. Who was named as the right speaker of an assertion stays.
// parameters:
//   ids: list<string>
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE NOT EXISTS { (e)-[:!SAME_AS&!OF&!WITH]-() }
  AND NOT EXISTS { (e)<-[:WITH]-(:Review)-[:OF]->(:Assertion) }
WITH
  e,
  COLLECT { MATCH (e)-[:SAME_AS]-(x) RETURN x.id }
  + COLLECT { MATCH (e)<-[:OF|WITH]-(:Review)-[:OF|WITH]->(x:Entity|Account) RETURN x.id } AS alike,
  COLLECT { MATCH (e)<-[:OF|WITH]-(r:Review) RETURN r } AS about
FOREACH (r IN about | DETACH DELETE r)
DETACH DELETE e
RETURN alike
