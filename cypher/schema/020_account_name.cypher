// name: schema/020_account_name
// answers: Accounts by name, and lists of them by keyset.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_account_name IF NOT EXISTS
FOR (n:Account) ON (n.name, n.id)
