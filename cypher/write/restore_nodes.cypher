// name: write/restore_nodes
// answers: How many of these nodes were there with other properties. Those that were there stay as they are; only labels
//   that they lack are added, and properties that they lack to whom and what pages name, and to pages that were known
//   by a link. Assertions that come to others have yet to be compared with them. Embeddings are kept in single
//   precision, as they were.
// parameters:
//   kind: string, the label that all have and that they are found by, one of graph.backup.KINDS
//   fresh: boolean, true where none can be there
//   rows: list<map>, {id, labels, properties}
// mode: write
// scans: none
UNWIND $rows AS row
CALL (row) {
  WITH row
  WHERE $kind = 'Document'
  MERGE (n:Document {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'Version'
  MERGE (n:Version {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'Comment'
  MERGE (n:Comment {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'Account'
  MERGE (n:Account {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'Entity'
  MERGE (n:Entity {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'Assertion'
  MERGE (n:Assertion {id: row.id})
  ON CREATE SET
    n = row.properties,
    n.unlinked = CASE WHEN $fresh THEN row.properties.unlinked ELSE true END
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'Claim'
  MERGE (n:Claim {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'Dispute'
  MERGE (n:Dispute {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'FactCheck'
  MERGE (n:FactCheck {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'Review'
  MERGE (n:Review {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
UNION ALL
  WITH row
  WHERE $kind = 'Forgotten'
  MERGE (n:Forgotten {id: row.id})
  ON CREATE SET n = row.properties
  RETURN n
}
SET n:$(row.labels)
WITH row, n, CASE WHEN NOT $fresh THEN properties(n) END AS before
WITH row, n, before, coalesce(before <> row.properties, false) AS other
FOREACH (_ IN CASE WHEN other AND $kind IN ['Document', 'Account', 'Entity'] THEN [1] ELSE [] END |
  SET n = row.properties
  SET n += before
)
WITH row, n, other
CALL (row, n) {
  WITH row, n
  WHERE $kind = 'Assertion' AND row.properties.embedding IS NOT NULL
  CALL db.create.setNodeVectorProperty(n, 'embedding', row.properties.embedding)
}
WITH sum(CASE WHEN other THEN 1 ELSE 0 END) AS other
CALL () {
  MATCH (s:OnRecordSchema {id: 'schema'}) WHERE $kind = 'Assertion'
  SET s.compared = randomUUID()
}
RETURN other
