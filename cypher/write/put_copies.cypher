// name: write/put_copies
// answers: Nothing; writes which version repeats which earlier one, how much of itself that is, and where.
// parameters:
//   rows: list<map>, {later, earlier, properties: {share, spans, method}}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (later:Version {id: row.later})
MATCH (earlier:Version {id: row.earlier})
MERGE (later)-[c:COPIES]->(earlier)
SET c = row.properties
