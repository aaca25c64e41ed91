// name: read/reviewed
// answers: Those of some assertions that a person judged or gave another speaker: what was said last of each.
// parameters:
//   assertions: list<string>, ids
// mode: read
// scans: none
UNWIND $assertions AS id
MATCH (a:Assertion {id: id})
WHERE EXISTS { (a)<-[:OF]-(:Review) }
RETURN
  a.id AS id,
  head(COLLECT {
    MATCH (a)<-[:OF]-(r:Review) WHERE r.decision IN ['right', 'wrong']
    RETURN r.decision ORDER BY r.at DESC LIMIT 1 }) AS judged,
  head(COLLECT {
    MATCH (a)<-[:OF]-(r:Review)-[:WITH]->(who:Entity|Account) WHERE r.decision = 'speaker'
    RETURN {speaker: who.id, reviewer: r.reviewer} ORDER BY r.at DESC LIMIT 1 }) AS said
