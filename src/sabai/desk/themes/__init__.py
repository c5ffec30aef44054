"""What people's words are about, and how they were meant."""
