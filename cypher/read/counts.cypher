// name: read/counts
// answers: How much there is of what a newcomer asks for first, from the store's own counts.
// parameters: none
// mode: read
// scans: none
CALL () {
  MATCH (n:Document) WITH count(n) AS number RETURN 1 AS place, 'pages read or linked to' AS what, number
  UNION ALL
  MATCH (n:Assertion) WITH count(n) AS number RETURN 2 AS place, 'assertions' AS what, number
  UNION ALL
  MATCH (n:Speaker) WITH count(n) AS number RETURN 3 AS place, 'speakers' AS what, number
  UNION ALL
  MATCH (n:Claim) WITH count(n) AS number RETURN 4 AS place, 'claims' AS what, number
  UNION ALL
  MATCH (n:Dispute) WITH count(n) AS number RETURN 5 AS place, 'disputes' AS what, number
}
RETURN what, number
ORDER BY place
