// name: write/put_links
// answers: Nothing; writes links of texts to pages, one for each address as it is written.
// parameters:
//   rows: list<map>, {text, document, url, spans}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})
MATCH (d:Document {id: row.document})
MERGE (t)-[l:LINKS_TO {url: row.url}]->(d)
SET l.spans = row.spans
