// name: schema/026_assertion_text
// answers: Assertions by their words.
// parameters: none
// mode: write
// scans: none
CREATE FULLTEXT INDEX onrecord_assertion_text IF NOT EXISTS
FOR (n:Assertion) ON EACH [n.text]
