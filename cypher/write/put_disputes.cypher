// name: write/put_disputes
// answers: Nothing; writes disputes. The status of one that is there stays, and so does all of one that a person filed.
// parameters:
//   rows: list<map>, {id, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MERGE (d:Dispute {id: row.id})
WITH row, d, coalesce(d.status, 'candidate') AS status, coalesce(d.method STARTS WITH 'person:', false) AS filed
WHERE NOT filed
SET d = row.properties, d.status = status
