// name: read/link_structure
// answers: Assertions that some others have their words from, or that have theirs from these: by versions that copy one
//   another, versions of one page, and texts that quote.
// parameters:
//   ids: list<string>, of assertions
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (a:Assertion)-[:FOUND_IN]->(t:Text) WHERE a.id = id
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
RETURN a.id AS id, a.text AS text, coalesce(a.negated, false) AS negated,
  b.id AS other, b.text AS other_text, coalesce(b.negated, false) AS other_negated, method
