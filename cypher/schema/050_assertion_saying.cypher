// name: schema/050_assertion_saying
// answers: Assertions of the same words: saying is a digest of them, null until they were compared with others.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_assertion_saying IF NOT EXISTS
FOR (n:Assertion) ON (n.saying)
