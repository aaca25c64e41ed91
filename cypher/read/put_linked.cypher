// name: read/put_linked
// answers: For each of some texts and each page that it links to, and for each text that links to the page of one of some
//   versions, the words of both: those of all versions of the page, the first that was read first, with their assertions.
// parameters:
//   texts: list<string>, ids of texts that were written
//   versions: list<string>, ids of versions that were written
// mode: read
// scans: none
CALL () {
  UNWIND $texts AS id
  MATCH (t:Text {id: id})-[:LINKS_TO]->(d:Document)
  WHERE d.reading IS NOT NULL
  RETURN t, d
  UNION
  UNWIND $versions AS id
  MATCH (v:Version {id: id})-[:VERSION_OF]->(d:Document)
  CALL (d) {
    MATCH (d)<-[:LINKS_TO]-(t:Text)
    RETURN DISTINCT t
    ORDER BY t.id
    LIMIT 200
  }
  RETURN t, d
}
WITH DISTINCT t, d
RETURN {id: t.id, text: t.text} AS text, d.id AS document,
  COLLECT {
    MATCH (d)<-[:VERSION_OF]-(v:Version)
    WITH v
    ORDER BY v.fetchedAt, v.id
    RETURN {id: v.id, text: v.text,
      assertions: COLLECT { MATCH (v)<-[:FOUND_IN]-(a:Assertion) RETURN {id: a.id, content: a.content} ORDER BY a.id }}
  } AS versions
ORDER BY text.id, document
