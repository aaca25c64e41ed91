// name: read/put_words
// answers: The text of each version and its assertions, to tell which of them another version repeats.
// parameters:
//   versions: list<string>, ids
// mode: read
// scans: none
UNWIND $versions AS id
MATCH (v:Version {id: id})
RETURN
  v.id AS version,
  v.text AS text,
  COLLECT { MATCH (v)<-[:FOUND_IN]-(a:Assertion) RETURN a {.id, .text, .content, .source} } AS assertions
