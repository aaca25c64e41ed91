// name: read/counts
// answers: How much there is of what a newcomer asks for first, from the store's own counts.
// parameters: none
// mode: read
// scans: none
CALL () {
  MATCH (n:Document) RETURN 1 AS place, 'pages' AS what, count(n) AS number
  UNION ALL
  MATCH (n:Assertion) RETURN 2 AS place, 'assertions' AS what, count(n) AS number
  UNION ALL
  MATCH (n:Speaker) RETURN 3 AS place, 'speakers' AS what, count(n) AS number
  UNION ALL
  MATCH (n:Claim) RETURN 4 AS place, 'claims' AS what, count(n) AS number
  UNION ALL
  MATCH (n:Dispute) RETURN 5 AS place, 'disputes' AS what, count(n) AS number
}
RETURN what, number
ORDER BY place
