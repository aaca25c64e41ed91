// name: write/restore_current
// answers: How many versions are not current any more: where a page has several that are, the one fetched last stays so.
// parameters: none
// mode: write
// scans: NodeByLabelScan, every page is looked at
MATCH (d:Document)
WHERE COUNT { (d)<-[:VERSION_OF]-(:Version {current: true}) } > 1
CALL (d) {
  MATCH (d)<-[:VERSION_OF]-(v:Version {current: true})
  RETURN DISTINCT v
  ORDER BY v.fetchedAt DESC, v.id
  SKIP 1
}
SET v.current = false
WITH v
FOREACH (a IN COLLECT { MATCH (v)<-[:FOUND_IN]-(a:Assertion) WHERE a.current RETURN a } | SET a.current = false)
RETURN count(*) AS retired
