"""Renewals: what is due, what of it will come, what the owners say, and who was right in the end."""
