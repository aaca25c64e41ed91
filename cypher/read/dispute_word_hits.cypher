// name: read/dispute_word_hits
// answers: How many disputes hold certain words on either side, counted up to a limit.
// parameters:
//   hits: string, the query of the full-text index
//   limit: integer, where to stop counting
// mode: read
// scans: none
CALL db.index.fulltext.queryNodes('onrecord_dispute_text', $hits, {limit: $limit}) YIELD node
RETURN count(node) AS hits
