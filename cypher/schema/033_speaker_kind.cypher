// name: schema/033_speaker_kind
// answers: Lists of speakers of one kind, by name, by keyset.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_speaker_kind IF NOT EXISTS
FOR (n:Speaker) ON (n.kind, n.name, n.id)
