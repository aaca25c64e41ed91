// name: read/link_alike
// answers: Those of some assertions that were never compared with others in the words given, with the words that they were
//   compared in before, and those assertions of the words given that others are compared with; with each the mark of the
//   last transaction that compared any.
// parameters:
//   rows: list<map>, {id, saying}
//   anew: boolean, true for all of them, compared or not
// mode: read
// scans: none
OPTIONAL MATCH (s:OnRecordSchema {id: 'schema'})
WITH s.compared AS mark
UNWIND $rows AS row
OPTIONAL MATCH (a:Assertion {id: row.id})
USING INDEX a:Assertion(id)
WITH mark, row, a.saying AS was
WHERE $anew OR was IS NULL OR was <> row.saying
RETURN row.id AS id, mark, was,
  COLLECT { MATCH (b:Assertion) WHERE b.saying = row.saying AND b.embedding IS NOT NULL RETURN b.id } AS alike
