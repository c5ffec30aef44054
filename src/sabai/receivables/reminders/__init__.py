"""Whom to remind next, of what, and in what tone."""
