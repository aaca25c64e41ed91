// name: schema/013_fact_check_id
// answers: One node for each published fact-check.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_fact_check_id IF NOT EXISTS
FOR (n:FactCheck) REQUIRE n.id IS UNIQUE
