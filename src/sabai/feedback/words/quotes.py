"""A few short quotes, in people's own words: the clearest, of different people, unhappy ones first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from sabai.dates import from_day
from sabai.feedback.words.reading import NEGATIVE, POSITIVE

MOST, LONGEST = 3, 160


@dataclass(frozen=True, slots=True)
class Quote:
    """`mood` is negative, neutral or positive."""

    text: str
    mood: str
    account_id: str
    said_on: date


def quotes(rows: pl.DataFrame, most: int = MOST) -> tuple[Quote, ...]:
    """`rows` have clean, mood, sure, leaning, account_id and day. One of each account, no text twice."""
    clear = rows.filter(pl.col("sure")) if rows["sure"].any() else rows
    ordered = clear.sort("leaning", "day", "account_id", descending=[False, True, False])
    told = ordered.unique("clean", keep="first", maintain_order=True)
    told = told.unique("account_id", keep="first", maintain_order=True)
    unhappy = told.head(max(1, most - 1))
    happiest = told.tail(1).join(unhappy, on="clean", how="anti")
    chosen = pl.concat([unhappy, happiest]) if happiest.height else told.head(most)
    return tuple(
        Quote(short(text), _word(mood), account, from_day(day))
        for text, mood, account, day in chosen.select("clean", "mood", "account_id", "day").rows()
    )


def short(text: str) -> str:
    """Cut where a word ends, if one ends near there.

    >>> short("so good " * 30)[-12:]
    'so good so …'
    """
    if len(text) <= LONGEST:
        return text
    cut = text[: LONGEST - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > LONGEST - 30 else cut).rstrip() + " …"


def _word(mood: int) -> str:
    return {NEGATIVE: "negative", POSITIVE: "positive"}.get(mood, "neutral")
