// name: read/same_as
// answers: The ids of all nodes that are taken for the one with this id, the one that stands for them first; none for an
//   unknown id.
// parameters:
//   id: string, of an entity, outlet or account
// mode: read
// scans: none
CALL () {
  MATCH (n:Entity) WHERE n.id = $id
  MATCH (same:Entity) WHERE same.canonicalId = n.canonicalId
  RETURN same.id AS id, same.id = n.canonicalId AS first
  UNION
  MATCH (n:Entity|Account) WHERE n.id = $id
  MATCH (same:Account) WHERE same.canonicalId = n.canonicalId
  RETURN same.id AS id, false AS first
  UNION
  MATCH (n:Account) WHERE n.id = $id
  MATCH (same:Entity) WHERE same.canonicalId = n.canonicalId
  RETURN same.id AS id, same.id = n.canonicalId AS first
  UNION
  MATCH (n:Entity|Account) WHERE n.id = $id
  RETURN n.id AS id, n.id = coalesce(n.canonicalId, n.id) AS first
}
RETURN id
ORDER BY first DESC, id
