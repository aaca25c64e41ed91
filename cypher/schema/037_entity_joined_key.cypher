// name: schema/037_entity_joined_key
// answers: Entities whose names of three words or more sound like others of two.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_entity_joined_key IF NOT EXISTS
FOR (n:Entity) ON (n.joinedKey)
