// name: schema/012_dispute_id
// answers: One node for each dispute.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_dispute_id IF NOT EXISTS
FOR (n:Dispute) REQUIRE n.id IS UNIQUE
