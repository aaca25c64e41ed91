// name: schema/024_entity_canonical_id
// answers: Everybody who is taken for one and the same.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_entity_canonical_id IF NOT EXISTS
FOR (n:Entity) ON (n.canonicalId)
