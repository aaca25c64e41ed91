// name: read/link_alike
// answers: Those of some assertions that were never compared with others in the words given, with the words that they were
//   compared in before, those assertions of the words given that others are compared with, and those that have their words
//   from them, or that they have theirs from: by versions that copy one another, versions of one page, and texts that
//   quote; with each the mark of the last transaction that compared any.
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
WITH mark, row, a, a.saying AS was
WHERE $anew OR was IS NULL OR was <> row.saying
RETURN row.id AS id, mark, was,
  COLLECT { MATCH (b:Assertion) WHERE b.saying = row.saying AND b.embedding IS NOT NULL RETURN b.id } AS alike,
  COLLECT {
    MATCH (a)-[:FOUND_IN]->(t:Text)
    CALL (a, t) {
      MATCH (t)-[c:COPIES]-(:Version)<-[:FOUND_IN]-(b:Assertion)
      WHERE b.text = a.text AND b.polarity = a.polarity
      RETURN b, 'structure:copies' AS method
      UNION
      MATCH (t)-[:VERSION_OF]->(:Document)<-[:VERSION_OF]-(other:Version)<-[:FOUND_IN]-(b:Assertion)
      WHERE other <> t AND b.text = a.text AND b.polarity = a.polarity
      RETURN b, 'structure:same-page' AS method
      UNION
      MATCH (t)-[q:QUOTES]->(b:Assertion)
      WHERE any(n IN range(0, size(q.spans) - 1, 2) WHERE q.spans[n] <= a.content[-1] AND a.content[0] <= q.spans[n + 1])
      RETURN b, 'structure:quotes' AS method
      UNION
      MATCH (a)<-[q:QUOTES]-(:Text)<-[:FOUND_IN]-(b:Assertion)
      WHERE any(n IN range(0, size(q.spans) - 1, 2) WHERE q.spans[n] <= b.content[-1] AND b.content[0] <= q.spans[n + 1])
      RETURN b, 'structure:quotes' AS method
    }
    WITH a, b, method WHERE a <> b
    RETURN {
      text: a.text, negated: coalesce(a.negated, false), method: method,
      other: b.id, other_text: b.text, other_negated: coalesce(b.negated, false)
    }
  } AS structure
