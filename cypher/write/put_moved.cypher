// name: write/put_moved
// answers: Nothing; makes sure that an entity of a page's own has its node, named like the one that it is parted from.
// parameters:
//   entity: string, id of the one
//   to: string, id of the page's own
// mode: write
// scans: none
MATCH (e:Entity {id: $entity})
MERGE (own:Entity {id: $to})
ON CREATE SET own.name = e.name, own.kind = e.kind, own.aliases = [], own.canonicalId = $to
SET own:$([label IN labels(e) WHERE label <> 'Speaker'])
