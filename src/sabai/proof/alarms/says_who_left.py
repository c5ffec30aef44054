"""LEAK-07. A factor made of the columns that say who left foretells nothing: it repeats the answer."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.definitions.model import Basic, Where
from sabai.proof.alarms.alarm import Alarm, quiet
from sabai.proof.alarms.entering import listed, reading
from sabai.proof.replay import Replay

CODE = "LEAK-07"

_SAYS_SO = {
    "accounts": frozenset({"lifecycle", "ended_on"}),
    "subscriptions": frozenset({"status", "cancel_at_period_end", "notice_at", "ends_at"}),
}
_SAYS_NOTHING = frozenset({"trial", "past due", "past_due", "paused"})
"""Statuses of a subscription that goes on."""


def says_who_left(replay: Replay) -> Alarm:
    segments = [f"accounts.{each}" for each in replay.definitions.health.segments if each in _SAYS_SO["accounts"]]
    guilty = reading(replay.definitions, _columns, segments)
    if not guilty:
        return quiet(CODE, "Nothing that enters the score is made of a column that says who left.", 0.0)
    names = listed(guilty)
    return Alarm(
        CODE,
        f"What enters the score is made of columns that say who left: {names}.",
        "Leave it out of the factors: what is to be foretold must not foretell itself.",
        float(len(guilty)),
        fired=True,
        names=names,
    )


def _columns(metric: Basic) -> Iterator[str]:
    if metric.table == "churn":
        yield "churn"
    if metric.table == "subscriptions" and metric.measure == "notice":
        yield "subscriptions.notice_at"
    yield from (f"{metric.table}.{where.column}" for where in metric.where if _says_so(metric.table, where))


def _says_so(table: str, where: Where) -> bool:
    if where.column not in _SAYS_SO.get(table, ()):
        return False
    return where.column != "status" or where.op != "in" or not _SAYS_NOTHING.issuperset(where.values)
