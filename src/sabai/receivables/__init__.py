"""Receivables: who owes how much and since when, how well it is collected, and whom to remind next, and how."""
