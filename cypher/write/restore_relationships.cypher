// name: write/restore_relationships
// answers: How many of these relationships were not there; those that were stay as they are.
// parameters:
//   from: string, the label by which the nodes are found that they start at, one of graph.backup.KINDS
//   to: string, likewise for those that they end at
//   type: string
//   keys: list<string>, the properties by which two of this type between the same nodes differ
//   fresh: boolean, true where none can be there
//   rows: list<map>, {start, end, properties}
// mode: write
// scans: none
UNWIND $rows AS row
CALL (row) {
  MATCH (a:Document {id: CASE WHEN $from = 'Document' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:Version {id: CASE WHEN $from = 'Version' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:Comment {id: CASE WHEN $from = 'Comment' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:Account {id: CASE WHEN $from = 'Account' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:Entity {id: CASE WHEN $from = 'Entity' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:Assertion {id: CASE WHEN $from = 'Assertion' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:Claim {id: CASE WHEN $from = 'Claim' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:Dispute {id: CASE WHEN $from = 'Dispute' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:FactCheck {id: CASE WHEN $from = 'FactCheck' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:Review {id: CASE WHEN $from = 'Review' THEN row.start END})
  RETURN a
UNION ALL
  MATCH (a:Forgotten {id: CASE WHEN $from = 'Forgotten' THEN row.start END})
  RETURN a
}
CALL (row) {
  MATCH (b:Document {id: CASE WHEN $to = 'Document' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:Version {id: CASE WHEN $to = 'Version' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:Comment {id: CASE WHEN $to = 'Comment' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:Account {id: CASE WHEN $to = 'Account' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:Entity {id: CASE WHEN $to = 'Entity' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:Assertion {id: CASE WHEN $to = 'Assertion' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:Claim {id: CASE WHEN $to = 'Claim' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:Dispute {id: CASE WHEN $to = 'Dispute' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:FactCheck {id: CASE WHEN $to = 'FactCheck' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:Review {id: CASE WHEN $to = 'Review' THEN row.end END})
  RETURN b
UNION ALL
  MATCH (b:Forgotten {id: CASE WHEN $to = 'Forgotten' THEN row.end END})
  RETURN b
}
WITH a, b, row
WHERE
  $fresh OR
  NOT EXISTS {
    MATCH (a)-[r]->(b)
    WHERE type(r) = $type AND all(key IN $keys WHERE coalesce(r[key], '') = coalesce(row.properties[key], ''))
  }
CREATE (a)-[r:$($type)]->(b)
SET r = row.properties
RETURN count(*) AS created
