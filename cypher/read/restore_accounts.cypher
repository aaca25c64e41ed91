// name: read/restore_accounts
// answers: Account nodes with the keys of their names, so many after an id, in the order of ids.
// parameters:
//   after: string, the last id of the page before, empty for the first
//   limit: integer
// mode: read
// scans: none
MATCH (n:Account)
WHERE n.id > $after
RETURN
  n.id AS id,
  {nameKey: n.nameKey, joinedKey: n.joinedKey, shortKey: n.shortKey, shortOf: n.shortOf} AS keys
ORDER BY n.id
LIMIT $limit
