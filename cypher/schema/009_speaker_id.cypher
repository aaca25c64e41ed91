// name: schema/009_speaker_id
// answers: Whoever has asserted something is found by id, entity or account.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_speaker_id IF NOT EXISTS
FOR (n:Speaker) REQUIRE n.id IS UNIQUE
