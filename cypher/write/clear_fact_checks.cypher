// name: write/clear_fact_checks
// answers: Takes from texts the fact-checks that stand there, and those out that stand nowhere else; tells what was pointed at.
// parameters:
//   texts: list<string>, ids
// mode: write
// scans: none
UNWIND $texts AS id
MATCH (t:Text {id: id})<-[s:STATED_IN]-(f:FactCheck)
WITH
  s,
  f,
  NOT EXISTS { MATCH (f)-[:STATED_IN]->(other:Text) WHERE NOT other.id IN $texts } AS last,
  COLLECT { MATCH (f)-[:REVIEWS]->(x) RETURN x.id } + COLLECT { MATCH (f)<-[:PUBLISHED]-(x) RETURN x.id } AS candidates
DELETE s
FOREACH (gone IN CASE WHEN last THEN [f] ELSE [] END | DETACH DELETE gone)
RETURN candidates
