// name: write/clear_assertions
// answers: Takes from assertions the speaker, the outlets and the carrier that an earlier reading or a person gave them, but
//   for those that are found again; tells which.
// parameters:
//   rows: list<map>, {assertion, keep}: keep as graph.ties.of_assertions names ties
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (a:Assertion {id: row.assertion})-[r:CITES|REPORTED_IN|ASSERTED|READ_AS]-(x)
WHERE NOT (type(r) = 'REPORTED_IN' AND endNode(r) = a)
  AND NOT type(r) + ' ' + x.id + ' ' + coalesce(r.role, '') + ' ' + coalesce(toString(r.order), '') IN row.keep
WITH r, x.id AS pointed
DELETE r
RETURN collect(DISTINCT pointed) AS candidates
