// name: read/backup_relationships
// answers: Every relationship, whole, with the labels and ids of its ends; zones as in read/backup_nodes.
// parameters: none
// mode: read
// scans: AllRelationshipsScan, a backup holds all of them
MATCH (a)-[r]->(b)
RETURN
  labels(a) AS start_labels,
  a.id AS start,
  type(r) AS type,
  properties(r) AS properties,
  [key IN keys(r) WHERE r[key] IS :: ZONED DATETIME AND r[key].timezone = 'UTC'] AS zones,
  labels(b) AS end_labels,
  b.id AS end
