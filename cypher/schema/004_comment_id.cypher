// name: schema/004_comment_id
// answers: One node for each comment.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_comment_id IF NOT EXISTS
FOR (n:Comment) REQUIRE n.id IS UNIQUE
