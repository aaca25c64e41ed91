// name: write/schema_record
// answers: The recorded version of the schema after this; it never goes back.
// parameters:
//   version: integer, the last step that was applied
// mode: write
// scans: none
MERGE (s:OnRecordSchema {id: 'schema'})
SET s.version = CASE WHEN coalesce(s.version, 0) < $version THEN $version ELSE s.version END
RETURN s.version AS version
