// name: read/put_moves
// answers: The entities of which a person moved the mentions on a page to an entity of the page's own.
// parameters:
//   documents: list<string>, ids
// mode: read
// scans: none
UNWIND $documents AS id
MATCH (d:Document {id: id})<-[:WITH]-(r:Review)-[:OF]->(e:Entity)
WHERE r.decision = 'move'
RETURN DISTINCT d.id AS document, e.id AS entity, r.movedTo AS to
