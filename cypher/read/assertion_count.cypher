// name: read/assertion_count
// answers: How many assertions there are, from the store's own count.
// parameters: none
// mode: read
// scans: none
MATCH (a:Assertion) RETURN count(a) AS assertions
