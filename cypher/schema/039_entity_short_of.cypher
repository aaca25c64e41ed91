// name: schema/039_entity_short_of
// answers: Entities whose names are short for others.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_entity_short_of IF NOT EXISTS
FOR (n:Entity) ON (n.shortOf)
