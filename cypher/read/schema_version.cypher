// name: read/schema_version
// answers: The version of the schema that this graph was brought to; null where none was recorded.
// parameters: none
// mode: read
// scans: NodeByLabelScan, there is one such node at most
MATCH (s:OnRecordSchema)
RETURN max(s.version) AS version
