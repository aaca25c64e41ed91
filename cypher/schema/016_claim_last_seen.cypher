// name: schema/016_claim_last_seen
// answers: Lists of claims, the last seen first, by keyset; lastSeen is never null.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_claim_last_seen IF NOT EXISTS
FOR (n:Claim) ON (n.lastSeen, n.id)
