// name: write/forget_raised
// answers: Takes the disputes that somebody raised out, with reviews of them; tells what they pointed at.
// parameters:
//   id: string, of an account
// mode: write
// scans: none
MATCH (:Account {id: $id})-[:RAISED]->(d:Dispute)
WITH d, COLLECT { MATCH (d)-[:DISPUTES]->(x) RETURN x.id } AS candidates, COLLECT { MATCH (d)<-[:OF]-(r:Review) RETURN r } AS about
FOREACH (x IN about | DETACH DELETE x)
DETACH DELETE d
RETURN candidates
