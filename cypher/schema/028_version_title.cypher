// name: schema/028_version_title
// answers: Documents by the words of their titles.
// parameters: none
// mode: write
// scans: none
CREATE FULLTEXT INDEX onrecord_version_title IF NOT EXISTS
FOR (n:Version) ON EACH [n.title]
