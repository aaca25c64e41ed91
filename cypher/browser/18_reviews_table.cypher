// Who reviewed what, as a table
// The decisions that people made, the newest first. Reviews are only added, never changed: the last by time decides.
// :param rows => 100
MATCH (r:Review)-[:OF]->(what)
WHERE r.id IS NOT NULL
WITH r, what ORDER BY r.at DESC, r.id LIMIT toInteger($rows)
RETURN
  r.at AS at, r.reviewer AS reviewer, r.decision AS decision, labels(what) AS kind,
  coalesce(what.text, what.name) AS judged, r.note AS note, what.id AS id
