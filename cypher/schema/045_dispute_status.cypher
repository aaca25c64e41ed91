// name: schema/045_dispute_status
// answers: Disputes of a status that few have.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_dispute_status IF NOT EXISTS
FOR (n:Dispute) ON (n.status)
