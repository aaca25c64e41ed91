// name: write/put_accounts
// answers: Makes sure that accounts have their nodes, locks them in the order given, and tells which may not come back.
// parameters:
//   rows: list<map>, {id, name, site, labels} in order of id
// mode: write
// scans: none
UNWIND $rows AS row
MERGE (a:Account {id: row.id})
SET a:$(row.labels), a.name = row.name, a.site = row.site
WITH row.id AS id
MATCH (f:Forgotten {id: id})
RETURN id
