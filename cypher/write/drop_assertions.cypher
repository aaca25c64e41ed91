// name: write/drop_assertions
// answers: Takes assertions out that are no longer found. Those that a person judged, or that stand in a dispute that a
//   person judged, stay and are no longer current. Tells what the others pointed at.
// parameters:
//   assertions: list<string>, ids
// mode: write
// scans: none
UNWIND $assertions AS id
MATCH (a:Assertion {id: id})
WITH
  a,
  EXISTS { (a)<-[:OF|WITH]-(:Review) }
  OR EXISTS { (a)<-[:AGAINST|STATED_IN]-(:Dispute)<-[:OF|WITH]-(:Review) } AS judged
FOREACH (_ IN CASE WHEN judged THEN [1] ELSE [] END | SET a.current = false)
WITH a, judged
WHERE NOT judged
WITH
  a,
  a.id AS dropped,
  COLLECT { MATCH (a)-[:CITES|EXPRESSES]->(x) RETURN x.id }
  + COLLECT { MATCH (a)<-[:ASSERTED|READ_AS]-(x) RETURN x.id } AS candidates
DETACH DELETE a
RETURN dropped, candidates
