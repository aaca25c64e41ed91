// name: schema/023_outlet_domain
// answers: An outlet by its registered domain.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_outlet_domain IF NOT EXISTS
FOR (n:Outlet) ON (n.domain)
