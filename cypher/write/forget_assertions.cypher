// name: write/forget_assertions
// answers: Takes assertions out, with disputes about them and reviews of both; tells what they pointed at.
// parameters:
//   assertions: list<string>, ids
// mode: write
// scans: none
UNWIND $assertions AS id
MATCH (a:Assertion {id: id})
WITH
  a,
  COLLECT { MATCH (a)-[:CITES|EXPRESSES]->(x) RETURN x.id }
  + COLLECT { MATCH (a)<-[:ASSERTED|READ_AS]-(x) RETURN x.id }
  + COLLECT { MATCH (a)<-[:AGAINST|STATED_IN]-(:Dispute)-[:DISPUTES]->(x) RETURN x.id }
  + COLLECT { MATCH (a)<-[:AGAINST|STATED_IN]-(:Dispute)<-[:RAISED]-(x) RETURN x.id } AS candidates,
  COLLECT { MATCH (a)<-[:AGAINST|STATED_IN]-(d:Dispute) RETURN d }
  + COLLECT { MATCH (a)<-[:AGAINST|STATED_IN]-(:Dispute)<-[:OF]-(r:Review) RETURN r }
  + COLLECT { MATCH (a)<-[:OF]-(r:Review) RETURN r } AS about
FOREACH (x IN about | DETACH DELETE x)
DETACH DELETE a
RETURN candidates
