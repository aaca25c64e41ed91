// name: schema/018_version_fetched_at
// answers: Lists of documents, the last read first, by keyset over their current versions.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_version_fetched_at IF NOT EXISTS
FOR (n:Version) ON (n.fetchedAt, n.id)
