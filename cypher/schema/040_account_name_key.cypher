// name: schema/040_account_name_key
// answers: Accounts that are called like people.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_account_name_key IF NOT EXISTS
FOR (n:Account) ON (n.nameKey)
