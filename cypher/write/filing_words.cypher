// name: write/filing_words
// answers: An assertion, or a version or comment, with its text, locked: what a dispute that is filed has to know of it.
// parameters:
//   id: string, of an assertion, a version or a comment
// mode: write
// scans: none
MATCH (x:Assertion|Text {id: $id})
SET x.id = x.id
WITH x, CASE WHEN x:Text THEN x ELSE head(COLLECT { MATCH (x)-[:FOUND_IN]->(t:Text) RETURN t }) END AS t
MATCH (t)-[:VERSION_OF|ON]->(d:Document)
RETURN
  x:Assertion AS of_assertion, t.id AS text, t.text AS words, coalesce(x.content, []) AS content, d.id AS document,
  CASE
    WHEN x:Assertion THEN x.current
    WHEN x:Version THEN x.current
    ELSE EXISTS { MATCH (t)<-[s:SHOWS]-(v:Version) WHERE v.current AND s.until IS NULL } END AS current,
  coalesce(x.seenAt, t.postedAt, t.publishedAt, t.fetchedAt) AS seen,
  COLLECT { MATCH (t)-[m:MENTIONS]->(e:Entity) RETURN {entity: e.id, spans: m.spans} } AS mentions
