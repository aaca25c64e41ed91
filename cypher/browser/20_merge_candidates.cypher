// Candidates for merging
// Entities and accounts that may be the same, with how alike their names are. `onrecord review ID --decision same --with ID`
// joins two, `different` keeps them apart.
// :param rows => 100
MATCH (e:Entity|Account)-[s:SAME_AS]->(o:Entity|Account)
WITH e, s, o ORDER BY s.score DESC, e.id, o.id LIMIT toInteger($rows)
MATCH alike = (e)-[s]->(o)
RETURN alike
