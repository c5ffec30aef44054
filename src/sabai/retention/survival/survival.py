"""How long customers stay: all of them, group by group, and what those who leave sooner have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from sabai.dates import from_day
from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.proof.leaving import left_for_good
from sabai.retention.stays import Stays, settled_until, stays
from sabai.retention.survival.design import design
from sabai.retention.survival.factors import Factor, factor, levels_of, shown
from sabai.retention.survival.kaplan_meier import Curve, kaplan_meier
from sabai.retention.survival.log_rank import Difference, log_rank
from sabai.retention.survival.ratios import Cox, ratios
from sabai.retention.survival.spans import Spans, of_stays

CURVE = {
    "group": pl.String, "days": pl.Int64, "survival": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "at_risk": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """`by` tells groups apart, `factors` are weighed against each other. `known_from`: the day from which it is known
    who left; None: as far back as what says so goes."""

    by: str | None = None
    factors: tuple[str, ...] = ()
    known_from: int | None = None


ANY = Question()


@dataclass(frozen=True, slots=True)
class Survival:
    """Of the customers that were watched in [`known_from`, `until`); `late` of them had begun before."""

    by: str | None
    known_from: int
    until: int
    late: int
    everybody: Curve
    groups: tuple[Curve, ...]
    difference: Difference | None
    cox: Cox | None
    notices: tuple[str, ...]

    @property
    def curves(self) -> pl.DataFrame:
        """Every day on which anybody left, as CURVE says; the group of everybody is empty."""
        return pl.concat([_frame(curve) for curve in (self.everybody, *self.groups)])


def survival(facts: Facts, definitions: Definitions, as_of: int, question: Question = ANY) -> Survival:
    """All that was known of them on the day `as_of`.

    Raises UsageError RET-002 where customers cannot be told apart by what is asked for.
    """
    held, until = stays(facts, definitions, as_of), settled_until(definitions, as_of)
    known_from = _known_from(facts, definitions, held) if question.known_from is None else question.known_from
    watched, again, before = of_stays(held, until, known_from)
    groups, difference = _groups(facts, held, question.by, watched, as_of)
    factors = [factor(facts, held, name, as_of) for name in question.factors]
    cox, said = ratios(design(factors, watched), watched) if factors else (None, ())
    late = int((watched.entry > 0).sum())
    notices = (
        *_notices(watched, late, known_from, (again, before), factors),
        *_ended(facts, definitions, watched),
        *said,
    )
    return Survival(
        question.by, known_from, until, late, kaplan_meier(watched), groups, difference, cox, notices
    )  # fmt: skip


def _known_from(facts: Facts, definitions: Definitions, held: Stays) -> int:
    """The first day of what says who left. Subscriptions tell their whole past; a list of leavings begins one day."""
    first = int(held.start.min()) if len(held.start) else 0
    days = [day for day in facts.first_days.get("churn", {}).values() if day is not None]
    return max(first, min(days)) if definitions.churn.source == "churn" and days else first


def _groups(
    facts: Facts, held: Stays, by: str | None, watched: Spans, as_of: int
) -> tuple[tuple[Curve, ...], Difference | None]:  # fmt: skip
    if by is None:
        return (), None
    told = levels_of(facts, held, by, as_of)
    assert told.codes is not None
    code = told.codes[watched.account]
    curves = [kaplan_meier(watched.only(code == place), shown(told.levels[place])) for place in np.unique(code)]
    return tuple(curves), log_rank(watched, code)


def _notices(watched: Spans, late: int, known_from: int, apart: tuple[int, int], factors: list[Factor]) -> list[str]:
    again, before = apart
    said = []
    if not watched.left.any():
        said.append("Nobody is known to have left, so nothing can be said about how long customers stay.")
    if late:
        said.append(
            f"{late:,} customers had begun before {from_day(known_from)}, from when it is known who left: each counts "
            "from that day on, since those who had left by then are not in the data."
        )
    if before:
        said.append(
            f"{before:,} times a customer left before that day: these are not counted, as others are not known."
        )
    if again:
        said.append(f"{again:,} times a customer came back: only the first time counts.")
    now = [each.name for each in factors if each.as_of_now]
    if now:
        said.append(
            f"{', '.join(now)}: as it stands today. If it was changed when a customer left, the ratio knows the end."
        )
    return said


def _ended(facts: Facts, definitions: Definitions, watched: Spans) -> Iterator[str]:
    """A contract that was over counts as leaving, also where nobody wrote that anybody left: then it is said."""
    if definitions.churn.source != "churn" or not facts.has("churn"):
        return
    churned = set(left_for_good(facts)["account_id"].to_list())
    left = watched.account[watched.left].tolist()
    over = sum(facts.account_ids[each] not in churned for each in left)
    if over:
        yield f"{over:,} of the {len(left):,} that left have no churn written down: their contract was over."


def _frame(curve: Curve) -> pl.DataFrame:
    columns = (curve.days, curve.survival, curve.low, curve.high, curve.at_risk)
    data = dict(zip(CURVE, ([curve.name] * len(curve.days), *columns), strict=True))
    return pl.DataFrame(data, schema=CURVE, strict=False).fill_nan(None)
