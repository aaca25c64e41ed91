// name: write/clear_disputes
// answers: Takes from texts the disputes that an earlier reading found stated there. Those that are found again only lose
//   what they are no longer tied to, but for claims; of the others those that a person judged stay and are no longer
//   current. What a person filed stays as it is, and so does what is derived from claims. Tells what was pointed at.
// parameters:
//   rows: list<map>, {text, keep}: keep as graph.ties.of_disputes names ties
//   again: list<string>, ids of disputes that this reading finds too
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
WITH DISTINCT row, d
WHERE NOT d.method STARTS WITH 'person:' AND NOT coalesce(d.derived, false)
WITH
  d,
  d.id IN $again AS found,
  EXISTS { (d)<-[:OF|WITH]-(:Review) } AS judged,
  COLLECT { MATCH (d)<-[:RAISED]-(x) RETURN x.id } + COLLECT { MATCH (d)-[:DISPUTES]->(x) RETURN x.id } AS candidates,
  COLLECT {
    MATCH (d)-[r:STATED_IN|AGAINST|RAISED]-(x)
    WHERE NOT d.id + ' ' + type(r) + ' ' + x.id IN row.keep
    RETURN r
  } AS told
FOREACH (r IN CASE WHEN found THEN told ELSE [] END | DELETE r)
FOREACH (_ IN CASE WHEN judged AND NOT found THEN [1] ELSE [] END | SET d.current = false)
FOREACH (gone IN CASE WHEN judged OR found THEN [] ELSE [d] END | DETACH DELETE gone)
RETURN candidates
