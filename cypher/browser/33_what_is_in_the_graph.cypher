// What is in the graph
// How many there are of each kind.
CALL () {
  MATCH (n:Document) WHERE n.reading IS NOT NULL
  WITH count(n) AS number RETURN 'pages and files that were read' AS what, number
  UNION ALL MATCH (n:Document) WHERE n.reading IS NULL
  WITH count(n) AS number RETURN 'pages that these link to' AS what, number
  UNION ALL MATCH (n:Version) WITH count(n) AS number RETURN 'texts that they have had' AS what, number
  UNION ALL MATCH (n:Comment) WITH count(n) AS number RETURN 'comments' AS what, number
  UNION ALL MATCH (n:Assertion) WITH count(n) AS number RETURN 'assertions' AS what, number
  UNION ALL MATCH (n:Claim) WITH count(n) AS number RETURN 'claims' AS what, number
  UNION ALL MATCH (n:Speaker) WITH count(n) AS number RETURN 'speakers' AS what, number
  UNION ALL MATCH (n:Outlet) WITH count(n) AS number RETURN 'outlets' AS what, number
  UNION ALL MATCH (n:Dispute) WITH count(n) AS number RETURN 'disputes' AS what, number
  UNION ALL MATCH (n:FactCheck) WITH count(n) AS number RETURN 'fact-checks' AS what, number
  UNION ALL MATCH (n:Review) WITH count(n) AS number RETURN 'reviews' AS what, number
}
RETURN what AS kind, number AS count
