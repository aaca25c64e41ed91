// name: schema/036_entity_name_key
// answers: Entities whose names begin and end with words of the same sound.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_entity_name_key IF NOT EXISTS
FOR (n:Entity) ON (n.nameKey)
