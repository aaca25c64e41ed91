// name: schema/014_review_id
// answers: One node for each decision that a person made.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_review_id IF NOT EXISTS
FOR (n:Review) REQUIRE n.id IS UNIQUE
