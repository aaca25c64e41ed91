// name: write/put_contradicts
// answers: Nothing; ties claims to those that cannot be true with them, the larger id to the smaller, and to no others.
// parameters:
//   claims: list<string>, ids of claims whose ties are derived anew
//   rows: list<map>, {one, other, properties: {score, method}}
//   keep: list<string>, the ids of the other and the one of each row with a space between
// mode: write
// scans: none
CALL () {
  UNWIND $claims AS id
  MATCH (c:Claim {id: id})-[r:CONTRADICTS]-(:Claim)
  WHERE NOT startNode(r).id + ' ' + endNode(r).id IN $keep
  DELETE r
}
UNWIND $rows AS row
MATCH (a:Claim {id: row.one})
MATCH (b:Claim {id: row.other})
MERGE (b)-[r:CONTRADICTS]->(a)
SET r = row.properties
