// name: read/link_alike
// answers: For each of some sayings, those assertions of these words that others are compared with.
// parameters:
//   sayings: list<string>
// mode: read
// scans: none
UNWIND $sayings AS saying
MATCH (a:Assertion) WHERE a.saying = saying AND a.embedding IS NOT NULL
RETURN saying, collect(a.id) AS ids
