// name: read/backup_size
// answers: How many nodes and relationships there are; the server keeps count of both.
// parameters: none
// mode: read
// scans: none
RETURN COUNT { (n) } AS nodes, COUNT { ()-[r]->() } AS relationships
