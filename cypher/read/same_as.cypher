// name: read/same_as
// answers: The ids of all nodes that are taken for the one with this id, the one that stands for them first; none for an
//   unknown id.
// parameters:
//   id: string, of an entity, outlet or account
// mode: read
// scans: none
CALL () {
  MATCH (n:Entity) WHERE n.id = $id
  RETURN n
  UNION
  MATCH (n:Account) WHERE n.id = $id
  RETURN n
}
WITH n, n.canonicalId AS one
CALL (n, one) {
  MATCH (same:Entity) WHERE same.canonicalId = one
  RETURN same
  UNION
  MATCH (same:Account) WHERE same.canonicalId = one
  RETURN same
  UNION
  RETURN n AS same
}
RETURN same.id AS id
ORDER BY same.id = coalesce(one, n.id) DESC, id
