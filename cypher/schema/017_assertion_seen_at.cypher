// name: schema/017_assertion_seen_at
// answers: Lists of assertions, the newest first, by keyset. seenAt is assertedAt, or where that is unknown the time
//   its text was first read: never null.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_assertion_seen_at IF NOT EXISTS
FOR (n:Assertion) ON (n.seenAt, n.id)
