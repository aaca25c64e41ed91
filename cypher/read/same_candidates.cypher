// name: read/same_candidates
// answers: Whose names are like those of one entity or account, who is not taken for it, and whom nobody called another
//   one: the likest first.
// parameters:
//   ids: list<string>, of all that are taken for it
//   limit: integer, how many at most
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (n:Entity|Account) WHERE n.id = id
MATCH (n)-[s:SAME_AS]-(other)
WHERE NOT other.id IN $ids
  AND coalesce(head(COLLECT {
    MATCH (n)<-[:OF|WITH]-(r:Review)-[:OF|WITH]->(other)
    WHERE r.decision IN ['same', 'different']
    RETURN r.decision ORDER BY r.at DESC LIMIT 1 }), 'same') = 'same'
OPTIONAL MATCH (one:Entity WHERE one.id = other.canonicalId)
WITH coalesce(one, other) AS other, s
ORDER BY s.score DESC, s.method
WITH other, collect(s)[0] AS s
RETURN other.id AS id, other.name AS name,
  CASE WHEN other:Account THEN 'account' WHEN other:Outlet THEN 'outlet' ELSE other.kind END AS kind, s.score AS score, s.method AS method
ORDER BY score DESC, id
LIMIT $limit
