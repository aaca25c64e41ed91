// name: read/restore_judged
// answers: The ids of assertions that people judged, in whichever version of the page the same words stand.
// parameters: none
// mode: read
// scans: NodeByLabelScan, every review is looked at
MATCH (r:Review)-[:OF]->(judged:Assertion)
USING SCAN r:Review
MATCH (judged)-[:CONTINUES*0..]-(a:Assertion)
RETURN DISTINCT a.id AS id
