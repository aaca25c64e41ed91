// name: schema/035_version_bands
// answers: Versions that may be copies of one another: by the bands of the sketch of their words.
// parameters: none
// mode: write
// scans: none
CREATE FULLTEXT INDEX onrecord_version_bands IF NOT EXISTS
FOR (n:Version) ON EACH [n.bands]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword'}}
