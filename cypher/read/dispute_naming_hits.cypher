// name: read/dispute_naming_hits
// answers: How many disputes name somebody or something on either side, counted up to a limit.
// parameters:
//   hits: string, the query of the full-text index
//   limit: integer, where to stop counting
// mode: read
// scans: none
CALL db.index.fulltext.queryNodes('onrecord_dispute_names', $hits, {limit: $limit}) YIELD node
RETURN count(node) AS hits
