// name: write/link_heirs
// answers: Nothing; where all those assertions are gone that others of the same words were compared through, notes that
//   one of the others has yet to be compared.
// parameters:
//   sayings: list<string>
// mode: write
// scans: none
UNWIND $sayings AS saying
MATCH (a:Assertion {saying: saying})
WITH saying, min(a.id) AS heir, count(a.embedding) AS known
WHERE known = 0
MATCH (a:Assertion {id: heir})
SET a.unlinked = true
