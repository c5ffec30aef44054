"""LEAK-08. An export of today's customers has lost those who left, and nobody can be compared with them."""

from __future__ import annotations

import polars as pl

from sabai.dates import from_day
from sabai.metrics.calendar import first_known
from sabai.proof.alarms.alarm import Alarm, quiet, unchecked
from sabai.proof.replay import Replay

CODE = "LEAK-08"
LONG_DAYS, MANY_ACCOUNTS = 183, 50
MOST_LOST = 0.1
_NO_SUCH_ACCOUNT = ("FCT-130", "FCT-132", "FCT-133")


def only_survivors(replay: Replay) -> Alarm:
    lost, rows = _lost(replay)
    if rows and lost / rows > MOST_LOST:
        table = replay.definitions.churn.source
        told = f"{lost:,} of {rows:,} rows of {table} name an account that is not among the accounts."
        return Alarm(CODE, f"Those who left are missing from the export: {told}", _ADVICE, lost / rows, fired=True)
    if len(replay.left):
        share = len(set(replay.left.account.tolist())) / len(replay.facts.account_ids)
        return quiet(CODE, f"The export has customers who left: {share:.1%} of all accounts.", share)
    accounts, first = len(replay.facts.account_ids), first_known(replay.facts)
    if accounts < MANY_ACCOUNTS or replay.past.known_until - first <= LONG_DAYS:
        return unchecked(CODE, "Nobody left, and the history is too short or too small to wonder at it.")
    told = f"Nobody of {accounts:,} accounts left since {from_day(first)}: the export seems to hold the living only."
    return Alarm(CODE, told, _ADVICE, 0.0, fired=True)


_ADVICE = "Export the accounts that have left too, with the day on which they did."


def _lost(replay: Replay) -> tuple[int, int]:
    """Rows of the table that says who left: those whose account is unknown, and all that came in."""
    table = replay.definitions.churn.source
    rows = sum(tally.rows_in for tally in replay.facts.tallies if tally.table == table)
    lost = replay.facts.aside().filter(pl.col("table") == table, pl.col("code").is_in(_NO_SUCH_ACCOUNT))
    return int(lost.select(pl.len()).collect().item()), rows
