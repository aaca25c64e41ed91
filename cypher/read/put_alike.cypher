// name: read/put_alike
// answers: For each of some entities and accounts those that share a key of their names with it.
// parameters:
//   rows: list<map>, {id, whole, short, short_of}: the keys of the name, whole a list; short and short_of may be null
//   most: integer, how many of those that share a key of whole names
//   most_short: integer, how many of those that are short for one another
// mode: read
// scans: none
UNWIND $rows AS row
MATCH (n:Entity|Account) WHERE n.id = row.id
CALL (row, n) {
  CALL (row) {
    UNWIND row.whole AS key
    MATCH (o:Entity) WHERE o.nameKey = key
    RETURN o
    UNION
    UNWIND row.whole AS key
    MATCH (o:Entity) WHERE o.joinedKey = key
    RETURN o
  }
  WITH n, o
  WHERE o.id <> n.id
  LIMIT $most
  RETURN o
  UNION
  UNWIND row.whole AS key
  MATCH (o:Account) WHERE n:Person AND o.nameKey = key
  WITH o
  LIMIT $most
  RETURN o
  UNION
  MATCH (o:Entity) WHERE o.shortOf = row.short
  WITH o
  LIMIT $most_short
  RETURN o
  UNION
  MATCH (o:Entity) WHERE o.shortKey = row.short_of
  WITH o
  LIMIT $most_short
  RETURN o
}
WITH n, collect({id: o.id, kind: CASE WHEN o:Account THEN 'account' ELSE o.kind END, name: o.name}) AS others
RETURN {id: n.id, kind: CASE WHEN n:Account THEN 'account' ELSE n.kind END, name: n.name} AS node, others
