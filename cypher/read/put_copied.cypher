// name: read/put_copied
// answers: For each version, its text and when it came out, and the same of the earliest versions of other pages that
//   have a band of their sketch in common with it.
// parameters:
//   rows: list<map>, {id, document, hits}: versions with their documents and the query of the full-text index
// mode: read
// scans: none
UNWIND $rows AS row
MATCH (v:Version {id: row.id})
CALL (row) {
  CALL db.index.fulltext.queryNodes('onrecord_version_bands', row.hits) YIELD node
  WHERE node.id <> row.id AND NOT EXISTS { (node)-[:VERSION_OF]->(:Document {id: row.document}) }
  WITH node
  ORDER BY coalesce(node.publishedAt, node.fetchedAt), node.id
  LIMIT 200
  RETURN collect({id: node.id, text: node.text, at: coalesce(node.publishedAt, node.fetchedAt)}) AS others
}
RETURN {id: v.id, text: v.text, at: coalesce(v.publishedAt, v.fetchedAt)} AS version, others
