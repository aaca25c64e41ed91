// name: schema/027_names
// answers: Entities, outlets and accounts by the words of their names.
// parameters: none
// mode: write
// scans: none
CREATE FULLTEXT INDEX onrecord_names IF NOT EXISTS
FOR (n:Entity|Account) ON EACH [n.name, n.aliases]
