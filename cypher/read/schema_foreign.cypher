// name: read/schema_foreign
// answers: The labels of one node, if there is any that is not the schema's own record.
// parameters: none
// mode: read
// scans: AllNodesScan, it ends at the second node at the latest
MATCH (n)
WHERE NOT n:OnRecordSchema
RETURN labels(n) AS labels
LIMIT 1
