"""Gold data and pure metrics: how good the annotations are, on parts of the data that were not trained on."""
