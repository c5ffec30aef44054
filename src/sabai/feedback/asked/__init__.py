"""Out of facts: who was asked what, what they answered, and what was known of them then."""
