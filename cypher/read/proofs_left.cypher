// name: read/proofs_left
// answers: Those of some checksums that a version or comment still refers to.
// parameters:
//   sha256s: list<string>, a document's, once it is out
// mode: read
// scans: NodeByLabelScan, once for a document that is forgotten; an index for that alone would cost every ingest
MATCH (t:Text)
WHERE t.sha256 IN $sha256s
RETURN DISTINCT t.sha256 AS sha256
