"""Files that others can read: written aside, made durable, and only then given their name."""
