// name: write/forget_document_lock
// answers: The texts of a document, which nobody else can change until the transaction ends.
// parameters:
//   id: string
// mode: write
// scans: none
MATCH (d:Document {id: $id})
// Not its id: release 2026.08 finds a node by an id that was set in a transaction, even to what it was, once it is deleted.
SET d.locked = true
RETURN
  COLLECT { MATCH (d)<-[:VERSION_OF]-(v:Version) RETURN v.id }
  + COLLECT { MATCH (d)<-[:ON]-(c:Comment) RETURN c.id } AS texts
