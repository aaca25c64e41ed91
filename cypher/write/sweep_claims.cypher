// name: write/sweep_claims
// answers: Nothing; takes claims out that no assertion expresses any more, that no fact-check reviews and
//   that nobody judged.
// parameters:
//   ids: list<string>
// mode: write
// scans: none
UNWIND $ids AS id
MATCH (c:Claim {id: id})
WHERE NOT EXISTS { (c)<-[:EXPRESSES]-() } AND NOT EXISTS { (c)<-[:OF|WITH|REVIEWS]-() }
DETACH DELETE c
