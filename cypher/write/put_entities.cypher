// name: write/put_entities
// answers: Makes sure that entities and outlets have their nodes, and locks them in the order given. Where pages differ
//   about a name, the choice is the same in whatever order they come: spelled-out names before capitals and domains,
//   then the first by code points. Tells whose names have keys that were not in the graph.
// parameters:
//   rows: list<map>, {id, name, kind, aliases, labels, domain, country, medium, keys} in order of id
// mode: write
// scans: none
UNWIND $rows AS row
MERGE (e:Entity {id: row.id})
ON CREATE SET e.name = row.name, e.kind = row.kind, e.aliases = row.aliases, e.canonicalId = row.id
WITH
  row,
  e,
  size(keys(row.keys)) > 0 AND e.nameKey IS NULL AND e.shortOf IS NULL AS new,
  CASE
    WHEN e.name CONTAINS ' ' AND e.name = toUpper(e.name) THEN 1
    WHEN e.name CONTAINS '.' AND NOT e.name CONTAINS ' ' THEN 1
    ELSE 0
  END AS had,
  CASE
    WHEN row.name CONTAINS ' ' AND row.name = toUpper(row.name) THEN 1
    WHEN row.name CONTAINS '.' AND NOT row.name CONTAINS ' ' THEN 1
    ELSE 0
  END AS has
SET
  e:$(row.labels),
  e.name = CASE WHEN has < had OR (has = had AND row.name < e.name) THEN row.name ELSE e.name END,
  e.aliases = CASE
    WHEN all(alias IN row.aliases WHERE alias IN e.aliases) THEN e.aliases
    ELSE COLLECT { UNWIND e.aliases + row.aliases AS alias RETURN DISTINCT alias ORDER BY alias }
  END,
  e.domain = CASE WHEN e.domain IS NULL OR row.domain < e.domain THEN row.domain ELSE e.domain END,
  e.country = CASE WHEN e.country IS NULL OR row.country < e.country THEN row.country ELSE e.country END,
  e.medium = CASE WHEN e.medium IS NULL OR row.medium < e.medium THEN row.medium ELSE e.medium END,
  e += CASE WHEN new THEN row.keys ELSE {} END
WITH row, new
WHERE new
RETURN row.id AS id
