// name: write/clear_linked_quotes
// answers: Nothing; what texts quote of pages that they link to is told anew, but for pairs that will be written anew.
// parameters:
//   rows: list<map>, {text, document}
//   keep: list<string>, the ids of a text and of what it quotes with a space between
//   method: string, that of such quotations
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})-[q:QUOTES]->(x)
WHERE q.method = $method AND NOT t.id + ' ' + x.id IN $keep AND (
  EXISTS { (x)-[:VERSION_OF]->(:Document {id: row.document}) }
  OR EXISTS { (x)-[:FOUND_IN]->(:Version)-[:VERSION_OF]->(:Document {id: row.document}) })
DELETE q
