// name: write/put_comparisons
// answers: Nothing; notes that assertions were compared with others, keeps the embeddings by which later ones find them, in
//   single precision, and ties those that say the same, and those that cannot both be true, the larger id to the
//   smaller. Ties that are there stay as they are.
// parameters:
//   mark: string, of this transaction, by which others tell that something was compared since they looked
//   compared: list<map>, {id, saying, vector}; vector may be null
//   same: list<map>, {one, other, properties: {score, method}}
//   apart: list<map>, likewise
// mode: write
// scans: none
CALL () {
  MATCH (s:OnRecordSchema {id: 'schema'})
  SET s.compared = $mark
}
CALL () {
  UNWIND $compared AS row
  MATCH (a:Assertion {id: row.id})
  SET a.saying = row.saying, a.unlinked = null
  WITH a, row
  WHERE row.vector IS NOT NULL
  CALL db.create.setNodeVectorProperty(a, 'embedding', row.vector)
}
CALL () {
  UNWIND $same AS row
  MATCH (a:Assertion {id: row.one})
  MATCH (b:Assertion {id: row.other})
  MERGE (b)-[s:SAME_CLAIM]->(a)
  ON CREATE SET s = row.properties
}
CALL () {
  UNWIND $apart AS row
  MATCH (a:Assertion {id: row.one})
  MATCH (b:Assertion {id: row.other})
  MERGE (b)-[s:TOLD_APART]->(a)
  ON CREATE SET s = row.properties
}
