// name: schema/010_assertion_id
// answers: One node for each attribution that a text makes.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_assertion_id IF NOT EXISTS
FOR (n:Assertion) REQUIRE n.id IS UNIQUE
