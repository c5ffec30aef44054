"""Who was right: forecasts that were issued, beside what became of the renewals.

bias     Σ (expected − renewed) / Σ due, in money: above 0 the forecast promised too much
coverage the share of forecasts whose sum lay between their P10 and their P90; 80% is right
Brier    the mean of (p − came)²; less is better
error    the mean over forecasts of |expected − renewed| / due
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sabai.dates import from_day
from sabai.intervals import Interval


@dataclass(frozen=True, slots=True)
class OneForecast:
    """`renewed_minor` is the value of the renewals that came, at the amounts that were due.

    Of an account that the facts do not know, such as one that was erased, it has what was expected: nobody knows more.
    """

    as_of: date
    horizon_days: int
    renewals: int
    due_minor: int
    expected_minor: float
    p10_minor: float
    p90_minor: float
    renewed_minor: int

    @property
    def inside(self) -> bool:
        return self.p10_minor <= self.renewed_minor <= self.p90_minor


@dataclass(frozen=True, slots=True)
class Judged:
    """One way to foretell, on `renewals` of `forecasts`; `brier` and `error` are NaN where it said nothing."""

    name: str
    renewals: int
    forecasts: int
    brier: float
    bias: float
    error: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """`whole` is the forecast on all renewals; `last_year` has it beside last year's rate, and `called` beside the
    owners' calls, each way on the same renewals, those of which it said something.

    `waiting` forecasts are not due yet, the first of them on the day `next_day` (None: nothing waits).
    """

    forecasts: tuple[OneForecast, ...]
    coverage: Interval
    whole: Judged
    last_year: tuple[Judged, ...]
    called: tuple[Judged, ...]
    waiting: int
    next_day: int | None
    notices: tuple[str, ...]

    @property
    def sentence(self) -> str:
        if not self.forecasts:
            if self.next_day is None:
                return "No forecast was issued yet: sabai renewals --issue"
            when = from_day(self.next_day)
            return f"Nothing is due yet: the first of {self.waiting:,} forecasts can be judged on {when}."
        renewals = sum(each.renewals for each in self.forecasts)
        inside, many = sum(each.inside for each in self.forecasts), len(self.forecasts)
        return f"{many:,} forecasts of {renewals:,} renewals judged: {inside:,} of {many:,} lay between P10 and P90."
