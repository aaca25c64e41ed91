// name: read/search
// answers: One page of what holds certain words, the best match first: claims, entities, outlets, accounts, documents, and
//   assertions where they are asked for.
// parameters:
//   hits: string, the query of the full-text indexes
//   kinds: list<string>, of claim, assertion, entity, outlet, account, document
//   most: integer, how many matches of each index to look at
//   score: float, the score to start below
//   id: string, what the id must be above where the score is just that
//   limit: integer, how many at most
// mode: read
// scans: none
CALL () {
  WITH $kinds AS kinds WHERE 'claim' IN kinds
  CALL db.index.fulltext.queryNodes('onrecord_claim_text', $hits, {limit: $most}) YIELD node, score
  WHERE EXISTS {
    MATCH (node)<-[:EXPRESSES]-(a:Assertion)
    WHERE a.current AND coalesce(a.judged, '') <> 'wrong' AND NOT (a.directness = 'own' AND EXISTS { (a)-[:FOUND_IN]->(:Comment) }) }
  RETURN 'claim' AS type, node.id AS id, node.text AS text, score
  UNION ALL
  WITH $kinds AS kinds WHERE 'assertion' IN kinds
  CALL db.index.fulltext.queryNodes('onrecord_assertion_text', $hits, {limit: $most}) YIELD node, score
  WHERE node.current AND coalesce(node.judged, '') <> 'wrong'
  RETURN 'assertion' AS type, node.id AS id, node.text AS text, score
  UNION ALL
  WITH $kinds AS kinds WHERE any(kind IN kinds WHERE kind IN ['entity', 'outlet', 'account'])
  CALL db.index.fulltext.queryNodes('onrecord_names', $hits, {limit: $most}) YIELD node, score
  OPTIONAL MATCH (one:Entity WHERE one.id = node.canonicalId)
  WITH kinds, coalesce(one, node) AS node, max(score) AS score
  WITH kinds, node, score, CASE WHEN node:Account THEN 'account' WHEN node:Outlet THEN 'outlet' ELSE 'entity' END AS type
  WHERE type IN kinds
  RETURN type, node.id AS id, node.name AS text, score
  UNION ALL
  WITH $kinds AS kinds WHERE 'document' IN kinds
  CALL db.index.fulltext.queryNodes('onrecord_version_title', $hits, {limit: $most}) YIELD node, score
  WHERE node.current
  MATCH (node)-[:VERSION_OF]->(d:Document)
  RETURN 'document' AS type, d.id AS id, node.title AS text, score
}
WITH type, id, text, score
WHERE score <= $score AND CASE score WHEN $score THEN id > $id ELSE true END
RETURN type, id, text, score
ORDER BY score DESC, id
LIMIT $limit
