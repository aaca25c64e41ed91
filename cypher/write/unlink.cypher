// name: write/unlink
// answers: The ids of assertions that others were tied to, and no longer are: their words are read otherwise now.
// parameters:
//   ids: list<string>
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (a:Assertion {id: id})
REMOVE a.saying, a.embedding
WITH a
MATCH (a)-[r:SAME_CLAIM|TOLD_APART]-(other:Assertion)
WITH r, other.id AS untied
DELETE r
RETURN collect(DISTINCT untied) AS untied
