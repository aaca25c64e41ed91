// name: read/same_words
// answers: An assertion and those of other versions of its page that say the same.
// parameters:
//   id: string, of an assertion
// mode: read
// scans: none
MATCH (a:Assertion) WHERE a.id = $id
MATCH (a)-[:CONTINUES*0..]-(same:Assertion)
RETURN DISTINCT same.id AS id
ORDER BY id
