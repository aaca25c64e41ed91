// name: schema/051_assertion_unlinked
// answers: Assertions that have yet to be compared with others: those alone have the property.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_assertion_unlinked IF NOT EXISTS
FOR (n:Assertion) ON (n.unlinked)
