// name: schema/042_review_at
// answers: Lists of reviews, the newest first, by keyset.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_review_at IF NOT EXISTS
FOR (n:Review) ON (n.at, n.id)
