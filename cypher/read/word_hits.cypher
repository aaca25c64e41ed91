// name: read/word_hits
// answers: How many assertions hold certain words, counted up to a limit.
// parameters:
//   hits: string, the query of the full-text index
//   limit: integer, where to stop counting
// mode: read
// scans: none
CALL db.index.fulltext.queryNodes('onrecord_assertion_text', $hits, {limit: $limit}) YIELD node
RETURN count(node) AS hits
