// name: schema/025_claim_text
// answers: Claims by their words.
// parameters: none
// mode: write
// scans: none
CREATE FULLTEXT INDEX onrecord_claim_text IF NOT EXISTS
FOR (n:Claim) ON EACH [n.text]
