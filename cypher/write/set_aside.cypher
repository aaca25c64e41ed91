// name: write/set_aside
// answers: Whom assertions belonged to until now; whom the text was read to mean is kept aside.
// parameters:
//   assertions: list<string>, ids
// mode: write
// scans: none
UNWIND $assertions AS id
MATCH (a:Assertion {id: id})<-[said:ASSERTED]-(s:Speaker)
FOREACH (_ IN CASE WHEN coalesce(said.method, '') STARTS WITH 'review:' THEN [] ELSE [1] END |
  MERGE (s)-[aside:READ_AS]->(a)
  SET aside = properties(said))
WITH said, s.id AS candidate
DELETE said
RETURN collect(DISTINCT candidate) AS candidates
