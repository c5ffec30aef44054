"""Movements of recurring revenue of a million subscription rows over sixty months, for each customer and in sum."""

from __future__ import annotations

from pathlib import Path

from benchmarks.made.subscriptions import ACCOUNTS, FIRST, LAST, ROWS, made_subscriptions
from benchmarks.work import Answer, Work
from sabai.retention.movements import movements
from sabai.retention.periods import periods
from sabai.retention.revenue import Subscribed


def run(work: Work, out: Path) -> Answer:
    sums()
    return Answer(ROWS)


def sums() -> dict[str, list[int]]:
    """Each kind of movement, month by month."""
    made, months = made_subscriptions(), periods(FIRST, LAST, "month")
    rows = Subscribed(tuple(map(str, range(ACCOUNTS))), made.account, made.start, made.end, made.monthly)
    moves = movements(rows.at(months), rows.first_paid(), months)
    return {kind: amounts.sum(axis=0).tolist() for kind, amounts in moves}
