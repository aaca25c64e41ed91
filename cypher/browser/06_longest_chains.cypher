// The longest chains of report
// Who reports whom, as deep as texts go: "Peskov told TASS, the BBC reports" is a chain of two.
// :param limit => 12
MATCH (a:Assertion)-[:REPORTED_IN]->(:Assertion)
WHERE NOT EXISTS { (:Assertion)-[:REPORTED_IN]->(a) } AND a.current
WITH DISTINCT a LIMIT 5000
MATCH way = (a)-[:REPORTED_IN*1..6]->(last:Assertion)
WHERE NOT EXISTS { (last)-[:REPORTED_IN]->() }
WITH a, way ORDER BY length(way) DESC, a.id LIMIT toInteger($limit)
UNWIND nodes(way) AS step
MATCH said = (:Speaker)-[:ASSERTED]->(step)
RETURN way, said
