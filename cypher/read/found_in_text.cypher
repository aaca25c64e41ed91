// name: read/found_in_text
// answers: The ids of the current assertions found in one text, in the order of their words.
// parameters:
//   text: string, id of a version or comment
//   limit: integer, how many at most
// mode: read
// scans: none
MATCH (t:Text) WHERE t.id = $text
MATCH (t)<-[:FOUND_IN]-(a:Assertion)
WITH a
ORDER BY a.content[0], a.id
LIMIT $limit
RETURN a.id AS id
