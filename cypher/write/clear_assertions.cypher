// name: write/clear_assertions
// answers: Takes from assertions the speaker, the outlets and the carrier that an earlier reading gave them; tells which.
// parameters:
//   assertions: list<string>, ids
// mode: write
// scans: none
UNWIND $assertions AS id
MATCH (a:Assertion {id: id})-[r:CITES|REPORTED_IN|ASSERTED|READ_AS]-(x)
WHERE NOT (type(r) = 'REPORTED_IN' AND endNode(r) = a)
WITH r, x.id AS pointed
DELETE r
RETURN collect(DISTINCT pointed) AS candidates
