// name: schema/049_assertion_embedding
// answers: Assertions by what their words are about. Any number of dimensions: the pair check that made them decides.
// parameters: none
// mode: write
// scans: none
CREATE VECTOR INDEX onrecord_assertion_embedding IF NOT EXISTS
FOR (n:Assertion) ON (n.embedding)
OPTIONS {indexConfig: {`vector.similarity_function`: 'cosine'}}
