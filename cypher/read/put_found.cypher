// name: read/put_found
// answers: The ids of all assertions in each of some texts.
// parameters:
//   texts: list<string>, ids of versions and comments
// mode: read
// scans: none
UNWIND $texts AS id
MATCH (t:Text {id: id})
RETURN id AS text, COLLECT { MATCH (t)<-[:FOUND_IN]-(a:Assertion) RETURN a.id } AS assertions
