// name: read/review
// answers: One review, with what it is about.
// parameters:
//   id: string
// mode: read
// scans: none
MATCH (r:Review) WHERE r.id = $id
MATCH (r)-[:OF]->(of)
OPTIONAL MATCH (r)-[:WITH]->(other)
RETURN r.id AS id, r.decision AS decision, r.reviewer AS reviewer, r.note AS note, r.at AS at, r.movedTo AS moved_to,
  {id: of.id, text: coalesce(of.name, of.text)} AS of,
  CASE WHEN other IS NOT NULL THEN {id: other.id, text: coalesce(other.name, other.text, other.url)} END AS with
ORDER BY at DESC, id DESC
