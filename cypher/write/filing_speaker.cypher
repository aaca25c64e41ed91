// name: write/filing_speaker
// answers: The id of who is said to raise a dispute, locked and a speaker from now on; nothing for an unknown id.
// parameters:
//   id: string, of an entity, outlet or account
// mode: write
// scans: none
MATCH (s:Entity|Account {id: $id})
SET s:Speaker
RETURN s.id AS id
