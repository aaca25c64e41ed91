// name: write/put_mentions
// answers: Nothing; writes whom and what texts mention.
// parameters:
//   rows: list<map>, {text, entity, properties}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})
MATCH (e:Entity {id: row.entity})
MERGE (t)-[m:MENTIONS]->(e)
SET m = row.properties
