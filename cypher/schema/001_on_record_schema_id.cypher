// name: schema/001_on_record_schema_id
// answers: At most one node records the version of the schema, whoever writes it first.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_on_record_schema_id IF NOT EXISTS
FOR (n:OnRecordSchema) REQUIRE n.id IS UNIQUE
