"""Of the accounts that began in the same month, how many did something in each month after: the triangle and the curve.

Months of the calendar, as of the day after the last Monday, so that plain SQL can be asked the same.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.given import definitions, facts_of
from benchmarks.work import LAST_MONDAY, Answer, Work
from sabai.retention.cohorts.cohorts import Cohorts, cohorts
from sabai.retention.cohorts.question import Question

AS_OF = LAST_MONDAY + 1


def run(work: Work, out: Path) -> Answer:
    triangle_of(work)
    return Answer(work.events)


def triangle_of(work: Work) -> Cohorts:
    return cohorts(facts_of(work), definitions(), AS_OF, Question(calendar=True, activity="events"))
