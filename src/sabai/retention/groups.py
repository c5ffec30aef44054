"""What customers are told apart by: a column of theirs, their owner, their product, when they came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sabai.dates import NEVER, from_day
from sabai.errors import Issue, UsageError
from sabai.facts.catalogue import COMMON
from sabai.facts.landed import Facts
from sabai.metrics.grid import Days
from sabai.retention.stays import Stays, newest_accounts

UNKNOWN = ""
"""The name of the group of those of whom nobody says to which they belong."""

_DERIVED = ("owner", "product", "cohort")
_NOT_GROUPS = frozenset({*COMMON, "account_id", "name", "parent_id", "test", "updated_at"})


@dataclass(frozen=True, slots=True)
class Groups:
    """`code` has shape (accounts, days) and indexes `names`, which are sorted, UNKNOWN last.

    A column of accounts is taken as it stands today; owners and products are those of the day.
    """

    by: str
    names: tuple[str, ...]
    code: NDArray[np.int32]

    def members(self, place: int) -> NDArray[np.bool_]:
        """Who belongs to the group `names[place]` on which day."""
        return np.equal(self.code, place)


def grouped(facts: Facts, stays: Stays, by: str, days: Days) -> Groups:
    """Every account on each of `days`. Raises UsageError RET-002 where there is no such thing to tell them by."""
    if by == "cohort":
        return _by_text("cohort", [_cohort(day) for day in stays.first.tolist()], len(days))
    if by in _DERIVED:
        return _over_time(by, facts, stays.accounts, days)
    return _by_column(facts, stays.accounts, by, len(days))


def _cohort(first: int) -> str | None:
    """The quarter in which an account came."""
    if first == NEVER:
        return None
    day = from_day(first)
    return f"{day.year} Q{(day.month + 2) // 3}"


def _by_column(facts: Facts, accounts: tuple[str, ...], by: str, days: int) -> Groups:
    rows = newest_accounts(facts)
    known = [name for name, kind in rows.schema.items() if kind in (pl.String, pl.Boolean) and name not in _NOT_GROUPS]
    column = next((name for name in (by, f"properties.{by}") if name in known), None)
    if column is None:
        raise UsageError(_unknown(by, known))
    placed = pl.DataFrame({"account_id": accounts}, schema={"account_id": pl.String})
    values = placed.join(rows.select("account_id", pl.col(column).cast(pl.String)), on="account_id", how="left")
    return _by_text(by, values[column].to_list(), days)


def _by_text(by: str, values: Sequence[str | None], days: int) -> Groups:
    names = (*sorted({value for value in values if value}), UNKNOWN)
    place = {name: number for number, name in enumerate(names)}
    code = np.array([place[value or UNKNOWN] for value in values], dtype=np.int32)
    return Groups(by, names, np.repeat(code[:, None], days, axis=1))


def _over_time(by: str, facts: Facts, accounts: tuple[str, ...], days: Days) -> Groups:
    """Who was the owner, or which product cost most, when each day began."""
    table, start, end, name, first = (
        ("owners", "from_day", "until_day", "user", "start")
        if by == "owner"
        else ("subscriptions", "starts_day", "ends_day", "product", "recurring_minor")
    )
    places = pl.DataFrame({"account_id": accounts}, schema={"account_id": pl.String}).with_row_index("account")
    if not facts.has(table):
        return _by_text(by, [None] * len(accounts), len(days))
    rows = _held(facts, table, start, end).sort(first, name, nulls_last=False).join(places, on="account_id")
    names = (*sorted({value for value in rows[name].to_list() if value}), UNKNOWN)
    rows = rows.with_columns(pl.col(name).fill_null(UNKNOWN).replace_strict(names, range(len(names))).alias("code"))
    code = np.full((len(accounts), len(days)), len(names) - 1, dtype=np.int32)
    opens, closes = rows["start"].to_numpy(), rows["end"].to_numpy()
    account, found = rows["account"].to_numpy(), rows["code"].to_numpy()
    for column, day in enumerate(days):
        held = (opens < day) & (closes >= day)
        code[account[held], column] = found[held]  # the last of several stays: it began last, or costs most
    return Groups(by, names, code)


def _held(facts: Facts, table: str, start: str, end: str) -> pl.DataFrame:
    zero = pl.lit(None, dtype=pl.Int32)
    rows = facts.scan(table).filter(pl.col("superseded_day").is_null())
    given = rows.collect_schema().names()
    days = {
        "start": _day(start, given, zero).fill_null(-NEVER),
        "end": _day(end, given, zero).fill_null(NEVER),
    }
    return rows.with_columns(**days).collect()


def _day(name: str, given: Sequence[str], missing: pl.Expr) -> pl.Expr:
    """Owners have dates and no days, as nothing is measured in them."""
    if name in given:
        return pl.col(name)
    dated = name.removesuffix("_day") + "_on"
    return pl.col(dated).cast(pl.Int32) if dated in given else missing


def _unknown(by: str, known: Sequence[str]) -> Issue:
    own = [name.removeprefix("properties.") for name in known]
    near = get_close_matches(by, [*own, *_DERIVED], n=1)
    return Issue(
        "RET-002",
        f'Customers cannot be told apart by "{by}": the accounts have no such column.',
        "--by",
        f"Known are {', '.join(sorted({*own, *_DERIVED}))}.",
        f'Did you mean "{near[0]}"?' if near else "Map the column in the source of your accounts.",
    )
