// name: write/put_contradicts
// answers: Nothing; ties claims to those that cannot be true with them, the larger id to the smaller, and to no others.
// parameters:
//   claims: list<string>, ids of claims whose ties are derived anew
//   rows: list<map>, {one, other, properties: {score, method}}
// mode: write
// scans: none
CALL () {
  UNWIND $claims AS id
  MATCH (c:Claim {id: id})-[r:CONTRADICTS]-(:Claim)
  WHERE NOT any(row IN $rows WHERE row.other = startNode(r).id AND row.one = endNode(r).id)
  DELETE r
}
UNWIND $rows AS row
MATCH (a:Claim {id: row.one})
MATCH (b:Claim {id: row.other})
MERGE (b)-[r:CONTRADICTS]->(a)
SET r = row.properties
