// name: schema/047_dispute_text
// answers: Disputes by the words of both sides.
// parameters: none
// mode: write
// scans: none
CREATE FULLTEXT INDEX onrecord_dispute_text IF NOT EXISTS
FOR (n:Dispute) ON EACH [n.text, n.against]
