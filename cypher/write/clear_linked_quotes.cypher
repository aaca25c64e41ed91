// name: write/clear_linked_quotes
// answers: Nothing; what texts quote of pages that they link to is told anew.
// parameters:
//   rows: list<map>, {text, document}
//   method: string, that of such quotations
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})-[q:QUOTES]->(x)
WHERE q.method = $method AND (
  EXISTS { (x)-[:VERSION_OF]->(:Document {id: row.document}) }
  OR EXISTS { (x)-[:FOUND_IN]->(:Version)-[:VERSION_OF]->(:Document {id: row.document}) })
DELETE q
