// name: schema/005_text_id
// answers: Versions and comments alike are found by id: whatever bears text.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_text_id IF NOT EXISTS
FOR (n:Text) REQUIRE n.id IS UNIQUE
