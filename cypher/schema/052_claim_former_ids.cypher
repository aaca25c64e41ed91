// name: schema/052_claim_former_ids
// answers: Claims by ids that they had before they were joined.
// parameters: none
// mode: write
// scans: none
CREATE FULLTEXT INDEX onrecord_claim_former_ids IF NOT EXISTS
FOR (n:Claim) ON EACH [n.formerIds]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}
