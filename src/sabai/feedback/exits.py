"""Why customers left: their reasons, how many were asked, and whether the score had seen it coming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from sabai.feedback.asked.paid import with_paid
from sabai.feedback.words.quotes import short
from sabai.health.scores import BANDS
from sabai.retention.churned import Churned


@dataclass(frozen=True, slots=True)
class ExitReason:
    """`left` customers gave this reason ("": none is written down), who had paid `monthly` minor units a month; `bands`
    are those of the last snapshot before they spoke. `quotes` are what they wrote."""

    reason: str
    left: int
    asked: int
    answered: int
    involuntary: int
    monthly: int | None
    bands: Mapping[str, int]
    quotes: tuple[str, ...]


MOST_QUOTES = 2
Said = Mapping[str, tuple[str, str]]
"""By account, what the last exit survey brought: a reason and a comment, "" where there was none."""


def exit_reasons(gone: Iterable[Churned], contracts: pl.DataFrame | None, said: Said) -> tuple[ExitReason, ...]:
    """The most frequent first. Where nobody wrote a reason down, the one given in the exit survey counts."""
    by_reason: dict[str, list[Churned]] = {}
    for each in gone:
        reason = each.reason.strip() or said.get(each.account_id, ("", ""))[0].strip()
        by_reason.setdefault(reason, []).append(each)
    paid = _paid([each for those in by_reason.values() for each in those], contracts)
    found = (_one(reason, those, paid, said) for reason, those in by_reason.items())
    return tuple(sorted(found, key=lambda each: (-each.left, each.reason == "", each.reason)))


def _one(reason: str, those: list[Churned], paid: Mapping[str, int] | None, said: Said) -> ExitReason:
    asked = Counter(each.asked for each in those)
    bands = Counter(each.last_seen.band if each.last_seen else "unknown" for each in those)
    words = dict.fromkeys(said.get(each.account_id, ("", ""))[1] or each.comment for each in those)
    return ExitReason(
        reason,
        len(those),
        asked["asked"] + asked["answered"],
        asked["answered"],
        sum(each.how == "involuntary" for each in those),
        None if paid is None else sum(paid[each.account_id] for each in those),
        {band: bands[band] for band in BANDS},
        tuple(short(each) for each in words if each)[:MOST_QUOTES],
    )


def _paid(gone: list[Churned], contracts: pl.DataFrame | None) -> dict[str, int] | None:
    """What each paid a month when the last day began."""
    if contracts is None:
        return None
    days = pl.DataFrame(
        {"account_id": [each.account_id for each in gone], "left": [each.left_on for each in gone]},
        schema={"account_id": pl.String, "left": pl.Date},
    )
    rows = with_paid(days.with_columns(pl.col("left").cast(pl.Int32)), contracts, "left")
    return dict(rows.select("account_id", "monthly").rows())


def exit_words(rows: pl.DataFrame) -> dict[str, tuple[str, str]]:
    """Of all responses, what the last answered exit survey of each account says."""
    told = rows.filter(pl.col("kind") == "exit", pl.col("answered_day").is_not_null())
    last = told.sort("answered_day").unique("account_id", keep="last")
    words = last.select("account_id", pl.col("reason").fill_null(""), pl.col("comment").fill_null(""))
    return {account: (reason, comment) for account, reason, comment in words.rows()}
