// name: read/backup_nodes
// answers: Every node but the schema's own, whole; in zones, which of its times have the zone that is called UTC, since
//   the driver gives them as it gives those with an offset of nothing.
// parameters: none
// mode: read
// scans: AllNodesScan, a backup holds all of them
MATCH (n)
WHERE NOT n:OnRecordSchema
RETURN
  labels(n) AS labels,
  properties(n) AS properties,
  [key IN keys(n) WHERE n[key] IS :: ZONED DATETIME AND n[key].timezone = 'UTC'] AS zones
