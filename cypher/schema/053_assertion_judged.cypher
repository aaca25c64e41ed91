// name: schema/053_assertion_judged
// answers: Assertions by what people said of them.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_assertion_judged IF NOT EXISTS
FOR (n:Assertion) ON (n.judged)
