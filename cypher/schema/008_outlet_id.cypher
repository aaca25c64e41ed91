// name: schema/008_outlet_id
// answers: Outlets are found by id without looking through all entities.
// parameters: none
// mode: write
// scans: none
CREATE CONSTRAINT onrecord_outlet_id IF NOT EXISTS
FOR (n:Outlet) REQUIRE n.id IS UNIQUE
