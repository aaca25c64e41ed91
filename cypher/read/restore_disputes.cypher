// name: read/restore_disputes
// answers: The ids of disputes, so many after one, in their order.
// parameters:
//   after: string, the last id of the page before, empty for the first
//   limit: integer
// mode: read
// scans: none
MATCH (d:Dispute)
WHERE d.id > $after
RETURN d.id AS id
ORDER BY d.id
LIMIT $limit
