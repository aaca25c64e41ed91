// name: schema/034_assertion_names
// answers: Assertions by the ids of who and what their words name.
// parameters: none
// mode: write
// scans: none
CREATE FULLTEXT INDEX onrecord_assertion_names IF NOT EXISTS
FOR (n:Assertion) ON EACH [n.names]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}
