// name: read/schema_await
// answers: Nothing; comes back when every index can be used.
// parameters:
//   seconds: integer, how long to wait at most
// mode: read
// scans: none
CALL db.awaitIndexes($seconds)
