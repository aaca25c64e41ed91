// name: read/link_candidates
// answers: For each of some assertions, those that may say the same: by their embeddings, which the index knows less
//   exactly than the nodes, and of the same scope.
// parameters:
//   rows: list<map>, {id, vector, scope}
//   small: integer, in a graph of at most so many assertions all are looked at
//   most: integer, how many of the nearest are looked at in a larger one
//   roughly: float, the least likeness by the index
//   near: float, the least likeness by the embeddings themselves, from 0 to 1
// mode: read
// scans: none
CALL () {
  MATCH (a:Assertion)
  WITH count(a) AS total
  RETURN CASE WHEN total <= $small THEN $small ELSE $most END AS nearest
}
UNWIND $rows AS row
CALL (row, nearest) {
  CALL db.index.vector.queryNodes('onrecord_assertion_embedding', nearest, row.vector) YIELD node, score
  WHERE score >= $roughly AND node.id <> row.id AND coalesce(node.scope, '') = row.scope
    AND vector.similarity.cosine(node.embedding, row.vector) >= $near
  RETURN collect({id: node.id, saying: node.saying, wording: coalesce(node.wording, node.text)}) AS others
}
RETURN row.id AS id, others
