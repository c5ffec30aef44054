"""What became of what was agreed."""

from __future__ import annotations

from typing import Literal

from sabai.desk.scoring.story import Goal

Ended = Literal["met", "late", "open", "overdue"]


def ended(goal: Goal, as_of: int) -> Ended:
    """How a goal stands when day `as_of` begins; one without a date can be met or open, but never late.

    >>> ended(Goal("goal", "Open a second shop", 100, due_on=200, met_on=None), as_of=201)
    'overdue'
    >>> ended(Goal("goal", "Open a second shop", 100, due_on=200, met_on=200), as_of=300)
    'met'
    """
    if goal.met_on is not None and goal.met_on < as_of:
        return "late" if goal.due_on is not None and goal.met_on > goal.due_on else "met"
    return "overdue" if goal.due_on is not None and goal.due_on < as_of else "open"
