// What is in the graph
// How many there are of each kind.
CALL () {
  MATCH (n:Document) RETURN 'pages and files' AS what, count(n) AS number
  UNION ALL MATCH (n:Version) RETURN 'texts that they have had' AS what, count(n) AS number
  UNION ALL MATCH (n:Comment) RETURN 'comments' AS what, count(n) AS number
  UNION ALL MATCH (n:Assertion) RETURN 'assertions' AS what, count(n) AS number
  UNION ALL MATCH (n:Claim) RETURN 'claims' AS what, count(n) AS number
  UNION ALL MATCH (n:Speaker) RETURN 'speakers' AS what, count(n) AS number
  UNION ALL MATCH (n:Outlet) RETURN 'outlets' AS what, count(n) AS number
  UNION ALL MATCH (n:Dispute) RETURN 'disputes' AS what, count(n) AS number
  UNION ALL MATCH (n:FactCheck) RETURN 'fact-checks' AS what, count(n) AS number
  UNION ALL MATCH (n:Review) RETURN 'reviews' AS what, count(n) AS number
}
RETURN what AS kind, number AS count
