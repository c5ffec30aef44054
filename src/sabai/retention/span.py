"""Over which days retention is counted, and by what customers are told apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sabai.dates import from_day, to_day
from sabai.definitions.model import Definitions
from sabai.errors import Issue, UsageError
from sabai.facts.landed import Facts
from sabai.metrics.calendar import FURTHEST_AHEAD
from sabai.retention.known import known_days
from sabai.retention.periods import MONTHS, Every, Periods, periods
from sabai.retention.stays import settled_until


@dataclass(frozen=True, slots=True)
class Span:
    """What is asked. Without `first` and `last`: all whole periods that the facts know, as far as it has settled who
    left. `by` is a column of accounts, or owner, product, cohort."""

    first: date | None = None
    last: date | None = None
    every: Every = "month"
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The periods that are asked, the last year of them (all, where somebody said from when or there is less), the day
    until which facts are read, and the day before which it has settled who left."""

    periods: Periods
    lately: Periods
    until: int
    settled: int

    @property
    def notice(self) -> str | None:
        """Where the last days asked for say less than they seem to."""
        if int(self.periods.bounds[-1]) <= self.settled:
            return None
        return (
            f"Since {from_day(self.settled)} it has not settled who left: whoever is not yet known to have left, or "
            "may yet go on within the grace, counts as still there."
        )


def known(span: Span, facts: Facts, definitions: Definitions) -> Known:
    """Raises UsageError RET-001 where no whole period fits in and RET-004 where nothing is known for long before the
    end, FactsError where there are no dated facts."""
    begun, until = known_days(facts)
    settled = settled_until(definitions, until)
    first, last = span.first or from_day(begun), span.last or from_day(settled)
    if to_day(last) > until + FURTHEST_AHEAD:
        raise UsageError(_beyond(last, from_day(until - 1)))
    bounds = periods(first, last, span.every)
    a_year = 12 // MONTHS.get(span.every, 12)
    lately = bounds if span.first or len(bounds) < a_year else Periods(span.every, bounds.bounds[-a_year - 1 :])
    return Known(bounds, lately.whole, max(until, to_day(last)), settled)


def _beyond(last: date, known_last: date) -> Issue:
    return Issue(
        "RET-004",
        f"Nothing is known after {known_last}, long before {last}.",
        "--to",
        "Nobody leaves in a time of which nothing is known: everybody would seem to stay.",
        f"Ask for a day up to {known_last}, or leave --to out.",
    )
