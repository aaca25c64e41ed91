// name: write/current_disputes
// answers: The ids of all disputes stated in texts that begin or cease to be shown; what a person filed there, and, where they
//   cease, all others too, is current or not from now on.
// parameters:
//   rows: list<map>, {text, current}
// mode: write
// scans: none
UNWIND $rows AS row
MATCH (t:Text {id: row.text})
CALL (t) {
  MATCH (t)<-[:STATED_IN]-(d:Dispute)
  RETURN d
  UNION
  MATCH (t)<-[:FOUND_IN]-(:Assertion)<-[:STATED_IN]-(d:Dispute)
  RETURN d
}
WITH row, d
WHERE d.method STARTS WITH 'person:' OR NOT row.current
SET d.current = row.current
RETURN d.id AS id
