// name: read/put_state
// answers: For each document, whether it must stay out, and what was found in it when it was last stored.
// parameters:
//   documents: list<string>, ids
// mode: read
// scans: none
UNWIND $documents AS id
OPTIONAL MATCH (f:Forgotten {id: id})
OPTIONAL MATCH (d:Document {id: id})
RETURN id, f IS NOT NULL AS forgotten, d.reading AS reading, d.fetchedAt AS fetchedAt
