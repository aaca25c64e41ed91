// name: write/put_accounts
// answers: Makes sure that accounts have their nodes, locks them in the order given, and tells which may not come back, and
//   whose names have keys that were not in the graph.
// parameters:
//   rows: list<map>, {id, name, site, labels, keys} in order of id
// mode: write
// scans: none
UNWIND $rows AS row
MERGE (a:Account {id: row.id})
WITH row, a, row.keys.nameKey IS NOT NULL AND a.nameKey IS NULL AS new
SET a:$(row.labels), a.name = row.name, a.site = row.site, a.nameKey = row.keys.nameKey
WITH row.id AS id, new, EXISTS { (:Forgotten {id: row.id}) } AS forgotten
WHERE new OR forgotten
RETURN id, forgotten
