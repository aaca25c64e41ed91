// name: schema/002_document_id
// answers: One node for each page or file.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_document_id IF NOT EXISTS
FOR (n:Document) REQUIRE n.id IS UNIQUE
