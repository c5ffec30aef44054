"""What others have, where one's own figure may be held against it."""

from __future__ import annotations

from sabai.definitions.model import Benchmark
from sabai.retention.earned import Earned
from sabai.retention.kept import Kept


def comparable(found: Kept | Earned) -> tuple[Benchmark, ...]:
    """Those that speak of as long a time as what was found: a churn is that of a month, a retention that of a year."""
    month, year = found.periods.every == "month", found.year.is_a_year
    return tuple(each for each in found.benchmarks if (month if each.name == "churn" else year))
