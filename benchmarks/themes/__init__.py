"""Comments that were labelled by hand, and how well themes are found in them."""
