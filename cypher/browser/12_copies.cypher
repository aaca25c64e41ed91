// Copies: the same text on several sites
// Pages whose text repeats an earlier page's, and by how much.
// :param limit => 12
MATCH (v:Version)-[c:COPIES]->(:Version)
WITH v, c ORDER BY c.share DESC, v.id LIMIT toInteger($limit)
MATCH copied = (v)-[c]->(earlier:Version)
OPTIONAL MATCH later_page = (v)-[:VERSION_OF]->(:Document)-[:PUBLISHED_BY]->(:Outlet)
OPTIONAL MATCH earlier_page = (earlier)-[:VERSION_OF]->(:Document)-[:PUBLISHED_BY]->(:Outlet)
RETURN copied, later_page, earlier_page
