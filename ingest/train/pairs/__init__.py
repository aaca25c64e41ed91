"""Makes the weights that claims and replies are compared with: ``onrecord train --head pairs``."""
