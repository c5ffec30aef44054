"""The day of which a question speaks, where nobody names one."""

from __future__ import annotations

from datetime import date

from sabai.dates import to_day
from sabai.facts.landed import Facts
from sabai.metrics.calendar import last_known


def known_until(facts: Facts, as_of: date | None = None) -> int:
    """The day asked for, or the one after the last fact: all that is known then is read, and nothing else."""
    return last_known(facts) + 1 if as_of is None else to_day(as_of)
