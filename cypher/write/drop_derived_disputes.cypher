// name: write/drop_derived_disputes
// answers: Nothing; takes disputes out that were derived from claims and no longer are. Those that a person judged stay,
//   and are no longer current.
// parameters:
//   assertions: list<string>, ids of assertions of which all derived disputes are told
//   keep: list<string>, ids of the disputes that are derived of them now
// mode: write
// scans: none
UNWIND $assertions AS id
MATCH (a:Assertion {id: id})<-[:STATED_IN|AGAINST]-(d:Dispute {derived: true})
WHERE NOT d.id IN $keep
WITH DISTINCT d, EXISTS { (d)<-[:OF|WITH]-(:Review) } AS judged
FOREACH (_ IN CASE WHEN judged THEN [1] ELSE [] END | SET d.current = false)
WITH d, judged
WHERE NOT judged
DETACH DELETE d
