// name: schema/021_speaker_name
// answers: Speakers by name, and lists of them by keyset.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_speaker_name IF NOT EXISTS
FOR (n:Speaker) ON (n.name, n.id)
