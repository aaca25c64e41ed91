// name: schema/003_version_id
// answers: One node for each text that a page has had.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_version_id IF NOT EXISTS
FOR (n:Version) REQUIRE n.id IS UNIQUE
