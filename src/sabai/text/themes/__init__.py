"""What comments, tickets and notes speak of: a taxonomy that everybody may edit, and what is not in it yet."""

from sabai.text.themes.assigning import Assigned, Corrected, assigned, explained
from sabai.text.themes.suggesting import Suggestion, suggested

__all__ = ["Assigned", "Corrected", "Suggestion", "assigned", "explained", "suggested"]
