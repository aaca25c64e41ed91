// name: schema/022_outlet_name
// answers: Outlets by name, and lists of them by keyset.
// parameters: none
// mode: write
// scans: none
CREATE INDEX onrecord_outlet_name IF NOT EXISTS
FOR (n:Outlet) ON (n.name, n.id)
