"""Files that people bring: what is in them, and what that could mean."""
