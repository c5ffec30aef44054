"""What we do about an answer: reply, tell what was done, ask for a favour."""
