// name: schema/011_claim_id
// answers: One node for each group of assertions of one proposition.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_claim_id IF NOT EXISTS
FOR (n:Claim) REQUIRE n.id IS UNIQUE
