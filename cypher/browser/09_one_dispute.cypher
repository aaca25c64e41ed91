// The path of one dispute
// Left to right: who raised it, the dispute, the words it is against, who said those, and the pages of both. Without an id
// it is the surest one.
// :param dispute => null
CALL () {
  WITH $dispute AS id WHERE id IS NOT NULL
  MATCH (d:Dispute {id: id})
  RETURN d
  UNION
  WITH $dispute AS id WHERE id IS NULL
  MATCH (c:Claim)<-[:DISPUTES]-(x:Dispute)
  WHERE c.disputed IN ['confirmed', 'candidate'] AND x.current AND x.status <> 'rejected'
  WITH x ORDER BY x.status DESC, x.confidence DESC, x.id LIMIT 1
  RETURN x AS d
}
OPTIONAL MATCH raised = (:Speaker)-[:RAISED]->(d)
OPTIONAL MATCH stated = (d)-[:STATED_IN]->(where)
OPTIONAL MATCH against = (d)-[:AGAINST]->(what)
OPTIONAL MATCH said = (what)<-[:ASSERTED|WROTE]-()
OPTIONAL MATCH claimed = (d)-[:DISPUTES]->(:Claim)
OPTIONAL MATCH stands = (what)-[:FOUND_IN|VERSION_OF|ON*1..2]->(:Document)
OPTIONAL MATCH judged = (:Review)-[:OF]->(d)
RETURN d, raised, stated, against, said, claimed, stands, judged
