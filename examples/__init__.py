"""Sample pages that may be redistributed (see NOTICE), and the demonstration that ingests them."""
