// name: schema/044_dispute_kind
// answers: Disputes of a kind that few are of.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_dispute_kind IF NOT EXISTS
FOR (n:Dispute) ON (n.kind)
