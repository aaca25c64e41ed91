// name: schema/043_dispute_seen_at
// answers: Lists of disputes, the newest first, by keyset. seenAt is never null.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_dispute_seen_at IF NOT EXISTS
FOR (n:Dispute) ON (n.seenAt, n.id)
