// name: schema/031_claim_disputed
// answers: Claims that are disputed.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_claim_disputed IF NOT EXISTS
FOR (n:Claim) ON (n.disputed)
