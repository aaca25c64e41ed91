// name: write/put_canonical
// answers: Nothing; writes who stands for whom.
// parameters:
//   rows: list<map>, {id, canonical} in order of id
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (n:Entity|Account) WHERE n.id = row.id
SET n.canonicalId = CASE WHEN n:Account AND row.canonical = row.id THEN null ELSE row.canonical END
