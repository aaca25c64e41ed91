// name: read/claim_sides
// answers: The current assertions of some claims that no person called wrong, each with how it stands to its claim, in the
//   order of time.
// parameters:
//   claims: list<string>, ids
//   limit: integer, how many of each claim at most
// mode: read
// scans: none
UNWIND $claims AS claim
CALL (claim) {
  MATCH (c:Claim)<-[e:EXPRESSES]-(a:Assertion)
  WHERE c.id = claim AND a.current AND coalesce(a.judged, '') <> 'wrong'
  RETURN a.id AS id, a.seenAt AS at, coalesce(e.polarity, a.polarity) AS side
  ORDER BY at, id
  LIMIT $limit
}
RETURN claim, id, side
ORDER BY claim, at, id
