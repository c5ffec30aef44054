"""What people answered, and the pages on which they do."""
