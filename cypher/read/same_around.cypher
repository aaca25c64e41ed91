// name: read/same_around
// answers: Entities and accounts with those whose names are as good as theirs, and with what people said of them and others.
// parameters:
//   ids: list<string>
//   sure: float, the score from which two names are taken for one
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (n:Entity|Account) WHERE n.id = id
RETURN
  n.id AS id, CASE WHEN n:Account THEN 'account' ELSE n.kind END AS kind, n.name AS name, coalesce(n.canonicalId, n.id) AS canonical,
  COLLECT { MATCH (n)-[s:SAME_AS]-(other) WHERE s.score >= $sure RETURN {id: other.id, score: s.score} } AS alike,
  COLLECT {
    MATCH (n)<-[:OF|WITH]-(r:Review)-[:OF|WITH]->(other:Entity|Account)
    WHERE r.decision IN ['same', 'different'] AND other <> n
    RETURN {id: other.id, decision: r.decision, at: r.at, review: r.id} } AS decided
