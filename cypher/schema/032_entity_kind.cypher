// name: schema/032_entity_kind
// answers: Lists of entities of one kind, by name, by keyset.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_entity_kind IF NOT EXISTS
FOR (n:Entity) ON (n.kind, n.name, n.id)
