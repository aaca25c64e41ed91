// name: write/forget_account
// answers: Nothing; takes an account out.
// parameters:
//   id: string
// mode: write
// scans: none
MATCH (a:Account {id: $id})
DETACH DELETE a
