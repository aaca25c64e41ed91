// name: schema/041_account_canonical_id
// answers: Accounts that are taken for somebody else.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_account_canonical_id IF NOT EXISTS
FOR (n:Account) ON (n.canonicalId)
