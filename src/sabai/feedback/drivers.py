"""What goes with the score: whom we talked to, who had trouble, and how they were doing before they answered.

None of it is a cause: whoever is unhappy calls more. It says where to look first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from sabai.facts.landed import Facts
from sabai.feedback.numbers.cells import Cell
from sabai.feedback.numbers.changes import UNKNOWN, Change, of_many
from sabai.feedback.numbers.ranks import rise_together
from sabai.feedback.numbers.scales import Question
from sabai.feedback.results import said

BEFORE_DAYS = 30
LEAST_RANKED = 30  # of fewer answers a correlation says nothing


@dataclass(frozen=True, slots=True)
class Contact:
    """Answers of accounts with a touchpoint of that channel, or a ticket, in the days before, and all others."""

    what: str
    cell: Cell
    without: Cell
    change: Change


@dataclass(frozen=True, slots=True)
class Together:
    """How the points of a factor or dimension, before they were asked, rise with the answer; `n` answers."""

    name: str
    dimension: bool
    n: int
    change: Change


def contacts_before(rows: pl.DataFrame, question: Question, facts: Facts) -> tuple[Contact, ...]:
    """`rows` are the answers that count, with `day`. The most frequent first."""
    placed = rows.with_row_index("row")
    heard = _heard(placed.select("row", "account_id", "day"), facts)
    of, found = said(rows, question), []
    for what in heard["what"].unique().sort().to_list():
        member = placed["row"].is_in(heard.filter(pl.col("what") == what)["row"].implode()).to_numpy()
        those, others = of.with_and_without(member)
        found.append(Contact(what, those, others, those.against(others)))
    held = of_many([each.change for each in found])
    whole = [replace(each, change=change) for each, change in zip(found, held, strict=True)]
    return tuple(sorted((each for each in whole if each.cell.enough), key=lambda each: -each.cell.n))


def _heard(answers: pl.DataFrame, facts: Facts) -> pl.DataFrame:
    """Which answer had what in the days before it."""
    days = [
        facts.scan(table).select("account_id", happened=pl.col(day), what=what)
        for table, day, what in (
            ("touchpoints", "occurred_day", _channel(facts)),
            ("tickets", "opened_day", pl.lit("ticket")),
        )
        if facts.has(table)
    ]
    if not days:
        return pl.DataFrame(schema={"row": pl.UInt32, "what": pl.String})
    happened = pl.concat(days, how="vertical_relaxed").unique().collect()
    pairs = answers.join(happened, on="account_id")
    before = (pl.col("happened") < pl.col("day")) & (pl.col("happened") >= pl.col("day") - BEFORE_DAYS)
    return pairs.filter(before, pl.col("what").is_not_null()).select("row", "what").unique()


def _channel(facts: Facts) -> pl.Expr:
    given = facts.scan("touchpoints").collect_schema().names() if facts.has("touchpoints") else []
    return pl.col("channel") if "channel" in given else pl.lit(None, dtype=pl.String)


def rising(rows: pl.DataFrame, question: Question, names: list[str]) -> tuple[Together, ...]:
    """`rows` are the answers that count, with points before them under `names`. The closest first."""
    found = []
    for name in names:
        known = rows.filter(pl.col(name).is_not_null())
        of = said(known, question)
        change = (
            rise_together(known[name].to_numpy(), of.scores, of.account) if known.height >= LEAST_RANKED else UNKNOWN
        )
        word, _, kind = name.rpartition(" of ") if name.endswith(" of dimension") else name.rpartition(".")
        found.append(Together(word, kind == "dimension", known.height, change))
    told = [each for each in found if each.change.p == each.change.p]
    parts = [[each for each in told if each.dimension is whole] for whole in (True, False)]
    return tuple(each for part in parts for each in _ranked(part))


def _ranked(part: list[Together]) -> list[Together]:
    """Dimensions are compared with each other, and factors with each other."""
    held = of_many([each.change for each in part])
    whole = (replace(each, change=change) for each, change in zip(part, held, strict=True))
    return sorted(whole, key=lambda each: -abs(each.change.difference.value))
