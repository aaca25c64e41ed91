// name: schema/006_account_id
// answers: One node for each writer of comments or by-line at a site.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_account_id IF NOT EXISTS
FOR (n:Account) REQUIRE n.id IS UNIQUE
