// name: write/clear_fact_checks
// answers: Takes from texts the fact-checks that stand there, and those out that stand nowhere else, but for
//   those that are found there again; tells what was pointed at.
// parameters:
//   texts: list<string>, ids
//   keep: list<string>, the ids of a fact-check and of a text with a space between
// mode: write
// scans: none
UNWIND $texts AS id
MATCH (t:Text {id: id})<-[s:STATED_IN]-(f:FactCheck)
WHERE NOT f.id + ' ' + id IN $keep
WITH
  s,
  f,
  NOT EXISTS {
    MATCH (f)-[:STATED_IN]->(other:Text)
    WHERE NOT other.id IN $texts OR f.id + ' ' + other.id IN $keep
  } AS last,
  COLLECT { MATCH (f)-[:REVIEWS]->(x) RETURN x.id } + COLLECT { MATCH (f)<-[:PUBLISHED]-(x) RETURN x.id } AS candidates
DELETE s
FOREACH (gone IN CASE WHEN last THEN [f] ELSE [] END | DETACH DELETE gone)
RETURN candidates
