"""What one question came to: lately, over time, by group, weighed in other ways, and how many answered at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import polars as pl

from sabai.feedback.asked.counted import counted, counted_in_each
from sabai.feedback.asked.span import Asked
from sabai.feedback.numbers.cells import Cell, Said
from sabai.feedback.numbers.changes import UNKNOWN, Change, of_many
from sabai.feedback.numbers.scales import Question
from sabai.feedback.numbers.votes import LEAST
from sabai.feedback.numbers.weighed import Weighed, account_weighted, weighted
from sabai.proof.draws import Accounts


@dataclass(frozen=True, slots=True)
class Group:
    """Answers of one group, and how they differ from all others; name "": of whom nobody says it."""

    name: str
    cell: Cell
    against_others: Change


@dataclass(frozen=True, slots=True)
class Results:
    """`each` has one cell for each period; `changes` what moved from one to the next (the first is not known)."""

    question: Question
    lately: Cell
    each: tuple[Cell, ...]
    changes: tuple[Change, ...]
    groups: Mapping[str, tuple[Group, ...]]
    by_account: Weighed
    by_revenue: Weighed


def results(rows: pl.DataFrame, question: Question, asked: Asked, by: tuple[str, ...]) -> Results:
    """`rows` are all who were asked this question, with what was known of them then and `monthly` revenue."""
    now = counted(rows, question, *asked.lately)
    each = _each(rows, question, asked)
    values = question.values(now["score"].to_numpy())
    account = _numbered(now)
    paid = now["monthly"].cast(pl.Float64).fill_null(0.0).to_numpy()
    whole = said(now, question).whole()
    return Results(
        question,
        whole,
        each,
        changes(each),
        {name: found for name in by if len(found := groups(now, whole, name)) > 1},
        shown(account_weighted(values, account), question),
        shown(weighted(values, account, paid), question),
    )


def shown(found: Weighed, question: Question) -> Weighed:
    """An NPS of too few answers is not known, however they are weighed."""
    return found if found.n >= LEAST or question.main != "nps" else replace(found, value=UNKNOWN.difference)


def said(rows: pl.DataFrame, question: Question) -> Said:
    """The answers as numbers."""
    return Said(question, rows["score"].to_numpy().astype(np.float64), _numbered(rows))


def _each(rows: pl.DataFrame, question: Question, asked: Asked) -> tuple[Cell, ...]:
    given = counted_in_each(rows, question, asked.periods.bounds)
    return tuple(said(given, question).cells(given["period"].to_numpy(), len(asked.periods)))


def changes(each: tuple[Cell, ...]) -> tuple[Change, ...]:
    """Of each period against the one before, p held against how many are looked at."""
    return of_many([UNKNOWN, *(now.against(before) for before, now in pairwise(each))][: len(each)])


def groups(rows: pl.DataFrame, whole: Cell, by: str) -> tuple[Group, ...]:
    """Of the answers that `whole` is made of, the largest first; those of whom nobody says it, last. Nothing where
    nobody says it of anybody."""
    names = rows[by].fill_null("")
    sizes = names.value_counts(name="n").rename({names.name: "name"}).filter(pl.col("name") != "")
    order = sizes.sort(["n", "name"], descending=[True, False])["name"].to_list()
    if not order:
        return ()
    order += [""] if (names == "").any() else []
    code = names.replace_strict(order, range(len(order)), return_dtype=pl.Int32).to_numpy()
    cells = said(rows, whole.question).cells(code, len(order))
    apart = of_many([cell.against(whole.without(cell)) for cell in cells])
    found = zip(order, cells, apart, strict=True)
    return tuple(Group(name, cell, change) for name, cell, change in found)


def _numbered(rows: pl.DataFrame) -> Accounts:
    found: Accounts = rows["account_id"].rank("dense").cast(pl.Int32).to_numpy()
    return found
