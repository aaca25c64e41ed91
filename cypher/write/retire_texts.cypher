// name: write/retire_texts
// answers: Nothing; what stands in these texts is no longer shown.
// parameters:
//   texts: list<string>, ids of versions and comments
// mode: write
// scans: none
UNWIND $texts AS id
MATCH (t:Text {id: id})
FOREACH (_ IN CASE WHEN t:Version THEN [1] ELSE [] END | SET t.current = false)
WITH t
MATCH (t)<-[:FOUND_IN]-(a:Assertion)
WHERE a.current
SET a.current = false
