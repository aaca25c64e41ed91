// name: schema/007_entity_id
// answers: One node for each person, organization, place and so on; outlets are among them.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_entity_id IF NOT EXISTS
FOR (n:Entity) REQUIRE n.id IS UNIQUE
