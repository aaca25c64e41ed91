// name: write/drop_derived_disputes
// answers: The ids of claims that these were against, once for each; takes disputes out that were derived from claims and no
//   longer are. Those that a person judged stay, and are no longer current.
// parameters:
//   assertions: list<string>, ids of assertions of which all derived disputes are told
//   keep: list<string>, ids of the disputes that are derived of them now
// mode: write
// scans: none
UNWIND $assertions AS id
MATCH (a:Assertion {id: id})<-[:STATED_IN|AGAINST]-(d:Dispute {derived: true})
WHERE NOT d.id IN $keep
WITH DISTINCT d, EXISTS { (d)<-[:OF|WITH]-(:Review) } AS judged, COLLECT { MATCH (d)-[:DISPUTES]->(c:Claim) RETURN c.id } AS claims
FOREACH (_ IN CASE WHEN judged THEN [1] ELSE [] END | SET d.current = false)
FOREACH (_ IN CASE WHEN judged THEN [] ELSE [1] END | DETACH DELETE d)
WITH claims
UNWIND claims AS claim
RETURN claim
