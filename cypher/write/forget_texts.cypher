// name: write/forget_texts
// answers: Takes versions and comments out, with disputes that are stated in them or against them; tells what they pointed at.
// parameters:
//   texts: list<string>, ids
// mode: write
// scans: none
UNWIND $texts AS id
MATCH (t:Text {id: id})
WITH
  t,
  COLLECT { MATCH (t)-[:MENTIONS|LINKS_TO]->(x) RETURN x.id }
  + COLLECT { MATCH (t)<-[:WROTE]-(x) RETURN x.id }
  + COLLECT { MATCH (t)<-[:AGAINST|STATED_IN]-(:Dispute)-[:DISPUTES]->(x) RETURN x.id }
  + COLLECT { MATCH (t)<-[:AGAINST|STATED_IN]-(:Dispute)<-[:RAISED]-(x) RETURN x.id } AS candidates,
  COLLECT { MATCH (t)<-[:AGAINST|STATED_IN]-(d:Dispute) RETURN d }
  + COLLECT { MATCH (t)<-[:AGAINST|STATED_IN]-(:Dispute)<-[:OF]-(r:Review) RETURN r } AS about
FOREACH (x IN about | DETACH DELETE x)
DETACH DELETE t
RETURN candidates
