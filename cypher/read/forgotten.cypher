// name: read/forgotten
// answers: Those of the ids that must stay out.
// parameters:
//   ids: list<string>
// mode: read
// scans: none
UNWIND $ids AS id
MATCH (f:Forgotten {id: id})
RETURN f.id AS id, f.at AS at
