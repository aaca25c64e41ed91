// name: schema/019_entity_name
// answers: Entities by name, and lists of them by keyset.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_entity_name IF NOT EXISTS
FOR (n:Entity) ON (n.name, n.id)
