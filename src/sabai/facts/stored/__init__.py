"""Facts that stay: an open store into which landing after landing is added, and out of which scores are computed."""
