// name: write/put_outlet_links
// answers: Nothing; writes links of texts to front pages of outlets.
// parameters:
//   rows: list<map>, {text, outlet, url, spans}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})
MATCH (o:Outlet {id: row.outlet})
MERGE (t)-[l:LINKS_TO {url: row.url}]->(o)
SET l.spans = row.spans
