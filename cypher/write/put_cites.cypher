// name: write/put_cites
// answers: Nothing; writes through which outlets assertions came.
// parameters:
//   rows: list<map>, {assertion, outlet, properties: {role, spans, order}}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (a:Assertion {id: row.assertion})
MATCH (o:Outlet {id: row.outlet})
MERGE (a)-[c:CITES {role: row.properties.role, order: row.properties.order}]->(o)
SET c = row.properties
