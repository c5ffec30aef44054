"""Feedback as tables, one CSV file each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from math import isnan

import polars as pl

from sabai.dates import from_day
from sabai.feedback.feedback import Feedback
from sabai.feedback.told import (
    question_name,
    told_cell,
    told_change,
    told_contact,
    told_exit,
    told_left,
    told_rate,
    told_together,
)  # fmt: skip
from sabai.feedback.words.themes import Theme
from sabai.retention.periods import label_of

NAMES = ("questions", "periods", "groups", "response_rates", "drivers", "themes", "quotes", "moods", "exits", "wishes")


def feedback_tables(found: Feedback) -> dict[str, pl.DataFrame]:
    """By name, as NAMES; one without rows has its first column alone."""
    rows = (
        [{"question": question_name(of.question), **told_cell(of.lately)} for of in found.questions],
        list(_periods(found)),
        list(_groups(found)),
        list(_rates(found)),
        [*map(told_contact, found.contacts), *map(told_together, found.rising)],
        [_theme(each) for each in found.words.themes],
        list(_quotes(found)),
        None,
        [told_exit(each) for each in found.exits],
        [{"wish": of.wish, "tickets": of.tickets, "accounts": of.accounts, "still_there": of.still_there,
          "monthly": of.monthly, "lost": of.lost, **told_left(of.left)} for of in found.wishes],
    )  # fmt: skip
    made = zip(NAMES, rows, strict=True)
    return {name: found.words.moods if of is None else _table(of, name) for name, of in made}


def _periods(found: Feedback) -> Iterator[dict[str, object]]:
    periods = found.asked.periods
    for of in found.questions:
        for at, (cell, change) in enumerate(zip(of.each, of.changes, strict=True)):
            day = {"period": label_of(periods, at), "from": from_day(int(periods.starts[at]))}
            yield {"question": question_name(of.question), **day, **told_cell(cell), "change": told_change(change)}


def _groups(found: Feedback) -> Iterator[dict[str, object]]:
    for of in found.questions:
        for by, groups in of.groups.items():
            for each in groups:
                named = {"question": question_name(of.question), "by": by, "name": each.name or None}
                yield {**named, **told_cell(each.cell), "against_others": told_change(each.against_others)}


def _rates(found: Feedback) -> Iterator[dict[str, object]]:
    for of in found.rates:
        yield {"kind": of.kind, "by": None, "name": None, **told_rate(of.lately)}
        for at, rate in enumerate(of.each):
            yield {"kind": of.kind, "by": "period", "name": label_of(found.asked.periods, at), **told_rate(rate)}
        for by, groups in of.groups.items():
            for name, rate in groups:
                yield {"kind": of.kind, "by": by, "name": name or None, **told_rate(rate)}


def _theme(of: Theme) -> dict[str, object]:
    return {
        "theme": of.id, "mentions": of.mentions, "accounts": of.accounts, "sure": of.sure,
        "negative": asdict(of.negative),
        "effect": told_change(of.effect), **told_left(of.left), "rise": told_change(of.rise),
    }  # fmt: skip


def _quotes(found: Feedback) -> Iterator[dict[str, object]]:
    for of in found.words.themes:
        for quote in of.quotes:
            name = found.names.get(quote.account_id)
            yield {"theme": of.id, "mood": quote.mood, "said_on": quote.said_on, "account_id": quote.account_id,
                   "account": name, "text": quote.text}  # fmt: skip


def _table(rows: list[dict[str, object]], first: str) -> pl.DataFrame:
    if not rows:
        return pl.DataFrame(schema={first: pl.String})
    flat = [dict(_flat(row)) for row in rows]
    columns = dict.fromkeys(name for row in flat for name in row)
    whole = [{name: row.get(name) for name in columns} for row in flat]
    return pl.DataFrame(whole, infer_schema_length=None, strict=False)


def _flat(row: Mapping[str, object], before: str = "") -> Iterator[tuple[str, object]]:
    """An interval, a change or a cell as columns of their own; its value stands under the name itself."""
    for name, value in row.items():
        whole = before if name == "value" and before else f"{before}_{name}" if before else name
        if isinstance(value, Mapping):
            yield from _flat(value, whole)
        elif isinstance(value, tuple | list):
            yield whole, " · ".join(str(each) for each in value)
        else:
            yield whole, None if isinstance(value, float) and isnan(value) else value
