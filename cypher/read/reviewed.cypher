// name: read/reviewed
// answers: Those of some assertions that a person judged or gave another speaker, in whichever version of the page the same
//   words stand: what was said last of each.
// parameters:
//   assertions: list<string>, ids
// mode: read
// scans: none
UNWIND $assertions AS id
MATCH (a:Assertion {id: id})
WITH a, COLLECT {
  MATCH (a)-[:CONTINUES*0..]-(same:Assertion)<-[:OF]-(r:Review)
  RETURN r ORDER BY r.at DESC } AS reviews
WHERE size(reviews) > 0
RETURN
  a.id AS id,
  head([r IN reviews WHERE r.decision IN ['right', 'wrong'] | r.decision]) AS judged,
  head(COLLECT {
    UNWIND [r IN reviews WHERE r.decision = 'speaker'] AS r
    MATCH (r)-[:WITH]->(who:Entity|Account)
    RETURN {speaker: who.id, reviewer: r.reviewer} ORDER BY r.at DESC LIMIT 1 }) AS said
