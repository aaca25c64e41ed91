// name: schema/038_entity_short_key
// answers: Entities by what would be short for their names.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_entity_short_key IF NOT EXISTS
FOR (n:Entity) ON (n.shortKey)
