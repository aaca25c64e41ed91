// name: read/fact_check
// answers: One fact-check with who published it, the claims that it reviews, the pages that state it, and the dispute that
//   it raises.
// parameters:
//   id: string
// mode: read
// scans: none
MATCH (f:FactCheck) WHERE f.id = $id
RETURN
  f.id AS id, f.url AS url, f.rating AS rating, f.verdict AS verdict, f.claimText AS claim_text, f.claimant AS claimant,
  toString(f.publishedAt) AS published_at,
  head(COLLECT { MATCH (f)<-[:PUBLISHED]-(o:Outlet) RETURN {id: o.id, name: o.name, domain: o.domain} ORDER BY o.id LIMIT 1 }) AS outlet,
  COLLECT { MATCH (f)-[:REVIEWS]->(c:Claim) RETURN c.id ORDER BY c.id } AS claims,
  COLLECT {
    MATCH (f)-[:STATED_IN]->(v:Version)-[:VERSION_OF]->(d:Document)
    WITH v, d ORDER BY v.current DESC, v.fetchedAt DESC, v.id
    RETURN {document: {id: d.id, url: d.url, kind: d.kind}, version: {id: v.id, title: v.title, language: v.language,
      published_at: toString(v.publishedAt), fetched_at: toString(v.fetchedAt), sha256: v.sha256, current: v.current}} } AS stated,
  COLLECT {
    MATCH (f)-[:STATED_IN]->(:Version)<-[:STATED_IN]-(d:Dispute)
    WHERE d.factCheck = f.id
    RETURN DISTINCT d.id } AS disputes
