// name: schema/029_assertion_directness
// answers: Assertions of a directness that few have.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_assertion_directness IF NOT EXISTS
FOR (n:Assertion) ON (n.directness)
