// name: read/restore_assertions
// answers: The ids of assertions, so many after one, in their order.
// parameters:
//   after: string, the last id of the page before, empty for the first
//   limit: integer
// mode: read
// scans: none
MATCH (a:Assertion)
WHERE a.id > $after
RETURN a.id AS id
ORDER BY a.id
LIMIT $limit
