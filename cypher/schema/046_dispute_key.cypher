// name: schema/046_dispute_key
// answers: Disputes that say the same in different texts of a page: a review of one is of all.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_dispute_key IF NOT EXISTS
FOR (n:Dispute) ON (n.key)
