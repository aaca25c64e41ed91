// name: read/link_candidates
// answers: For each of some assertions, those that may say the same: by their embeddings, which the index knows less
//   exactly than the nodes, and of the same scope.
// parameters:
//   rows: list<map>, {id, vector, scope}
//   most: integer, how many of the nearest are looked at
//   roughly: float, the least likeness by the index
//   near: float, the least likeness by the embeddings themselves, from 0 to 1
// mode: read
// scans: none
UNWIND $rows AS row
CALL (row) {
  CALL db.index.vector.queryNodes('onrecord_assertion_embedding', $most, row.vector) YIELD node, score
  WHERE score >= $roughly AND node.id <> row.id AND coalesce(node.scope, '') = row.scope
    AND vector.similarity.cosine(node.embedding, row.vector) >= $near
  RETURN collect({id: node.id, saying: node.saying, wording: coalesce(node.wording, node.text)}) AS others
}
RETURN row.id AS id, others
