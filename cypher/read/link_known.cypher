// name: read/link_known
// answers: Which of some assertions were compared with others already, and in which words.
// parameters:
//   ids: list<string>, of assertions
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (a:Assertion) WHERE a.id = id AND a.saying IS NOT NULL
RETURN a.id AS id, a.saying AS saying
