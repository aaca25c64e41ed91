// name: schema/015_forgotten_id
// answers: One marker for each document or account that must stay out.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_forgotten_id IF NOT EXISTS
FOR (n:Forgotten) REQUIRE n.id IS UNIQUE
