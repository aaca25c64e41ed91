// name: read/link_known
// answers: Which of some assertions were compared with others already, and in which words.
// parameters:
//   ids: list<string>, of assertions
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (a:Assertion {id: id})
USING INDEX a:Assertion(id)
WHERE a.saying IS NOT NULL
RETURN a.id AS id, a.saying AS saying
