// name: read/server_version
// answers: The version of the server; it answers only once the database can be used.
// parameters: none
// mode: read
// scans: none
CALL dbms.components() YIELD versions
RETURN versions[0] AS version
LIMIT 1
