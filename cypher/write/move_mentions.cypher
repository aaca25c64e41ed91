// name: write/move_mentions
// answers: Nothing; all that a page says of an entity, or has it say, is another one's from now on.
// parameters:
//   entity: string, id
//   to: string, id of the other one
//   document: string, id of the page
// mode: write
// scans: none
MATCH (e:Entity {id: $entity})
MATCH (own:Entity {id: $to})
MATCH (d:Document {id: $document})
CALL (e, own, d) {
  MATCH (d)<-[:VERSION_OF|ON]-(t:Text)-[m:MENTIONS]->(e)
  MERGE (t)-[n:MENTIONS]->(own)
  SET n = properties(m)
  DELETE m
}
CALL (e, own, d) {
  MATCH (d)<-[:VERSION_OF|ON]-(:Text)<-[:FOUND_IN]-(a:Assertion)<-[s:ASSERTED]-(e)
  WHERE NOT coalesce(s.method, '') STARTS WITH 'review:'
  MERGE (own)-[n:ASSERTED]->(a)
  SET n = properties(s), own:Speaker
  DELETE s
}
CALL (e, own, d) {
  MATCH (d)<-[:VERSION_OF|ON]-(:Text)<-[:FOUND_IN]-(a:Assertion)<-[s:READ_AS]-(e)
  MERGE (own)-[n:READ_AS]->(a)
  SET n = properties(s)
  DELETE s
}
CALL (e, own, d) {
  MATCH (x:Dispute)<-[s:RAISED]-(e)
  WHERE EXISTS { (x)-[:STATED_IN]->(:Text)-[:VERSION_OF|ON]->(d) }
    OR EXISTS { (x)-[:STATED_IN]->(:Assertion)-[:FOUND_IN]->(:Text)-[:VERSION_OF|ON]->(d) }
  MERGE (own)-[n:RAISED]->(x)
  SET n = properties(s), own:Speaker
  DELETE s
}
CALL (d) {
  MATCH (d)<-[:VERSION_OF|ON]-(:Text)<-[:FOUND_IN]-(a:Assertion)
  WHERE $entity IN a.names
  SET a.names = COLLECT { UNWIND [name IN a.names WHERE name <> $entity] + [$to] AS name RETURN DISTINCT name ORDER BY name }
}
