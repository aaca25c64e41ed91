// name: read/named_on
// answers: Those that are taken for an entity and are named on a page, or speak there.
// parameters:
//   entity: string, id
//   document: string, id
// mode: read
// scans: none
MATCH (e:Entity) WHERE e.id = $entity
MATCH (same:Entity) WHERE same.canonicalId = e.canonicalId
MATCH (d:Document) WHERE d.id = $document
WITH same, d
WHERE EXISTS { (d)<-[:VERSION_OF|ON]-(:Text)-[:MENTIONS]->(same) }
  OR EXISTS { (d)<-[:VERSION_OF|ON]-(:Text)<-[:FOUND_IN]-(:Assertion)<-[:ASSERTED|READ_AS]-(same) }
RETURN same.id AS id, same.name AS name, same.kind AS kind, same:Outlet AS outlet
ORDER BY id
