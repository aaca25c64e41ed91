// name: schema/030_assertion_confidence
// answers: Assertions of a confidence that few reach.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_assertion_confidence IF NOT EXISTS
FOR (n:Assertion) ON (n.confidence)
