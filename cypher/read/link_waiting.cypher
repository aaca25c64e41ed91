// name: read/link_waiting
// answers: Assertions that have yet to be compared with others, in the order of ids.
// parameters:
//   limit: integer, how many at most
// mode: read
// scans: none
MATCH (a:Assertion) WHERE a.unlinked = true
MATCH (a)-[:FOUND_IN]->(t:Text)
RETURN a.id AS id, t.id AS text, coalesce(a.wording, a.text) AS wording, coalesce(a.scope, '') AS scope
ORDER BY id
LIMIT $limit
