// name: read/title_hits
// answers: How many versions have certain words in their titles, counted up to a limit.
// parameters:
//   hits: string, the query of the full-text index
//   limit: integer, where to stop counting
// mode: read
// scans: none
CALL db.index.fulltext.queryNodes('onrecord_version_title', $hits, {limit: $limit}) YIELD node
RETURN count(node) AS hits
