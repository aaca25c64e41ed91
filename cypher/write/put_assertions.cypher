// name: write/put_assertions
// answers: Nothing; creates assertions in their texts or sets what they say anew. Those that are new have yet to be compared
//   with others; what comparing found out about the others stays.
// parameters:
//   rows: list<map>, {text, id, properties}; a property that is null is taken away
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})
MERGE (a:Assertion {id: row.id})
ON CREATE SET a.unlinked = true
SET a += row.properties
MERGE (a)-[:FOUND_IN]->(t)
