// name: schema/048_dispute_names
// answers: Disputes by the ids of who and what the words of either side name.
// parameters: none
// mode: write
// scans: none
CREATE FULLTEXT INDEX onrecord_dispute_names IF NOT EXISTS
FOR (n:Dispute) ON EACH [n.names]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}
