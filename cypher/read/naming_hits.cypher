// name: read/naming_hits
// answers: How many assertions name certain entities in their words, counted up to a limit.
// parameters:
//   hits: string, the query of the full-text index
//   limit: integer, where to stop counting
// mode: read
// scans: none
CALL db.index.fulltext.queryNodes('onrecord_assertion_names', $hits, {limit: $limit}) YIELD node
RETURN count(node) AS hits
