"""Every customer at the page's as-of date, one row each, the ones that need somebody first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np

from sabai.facts.landed import Facts
from sabai.health.scores import BANDS, Scores
from sabai.metrics.grid import Days, Floats
from sabai.report.revenue import known_at
from sabai.report.words import WORST_FIRST


@dataclass(frozen=True, slots=True)
class Customer:
    """One row of the list. Unknown numbers are NaN; `index` is the row in the arrays of Scores."""

    index: int
    account_id: str
    name: str
    parent: str
    segment: str
    band: str
    score: float
    change: float  # of the score since the page's earlier date
    coverage: float
    revenue_minor: float
    young: bool

    @property
    def anchor(self) -> str:
        return f"account-{self.index}"


@dataclass(frozen=True, slots=True)
class Span:
    """The two as-of columns that a page compares; `before` equals `now` where there is only one date."""

    now: int
    before: int

    @property
    def compares(self) -> bool:
        return self.now != self.before


def span_of(as_of: Days, days: int = 28) -> Span:
    """The last as-of date, and the latest one at least `days` before it (else the first).

    >>> span_of(np.array([0, 7, 14, 21, 28, 35], dtype=np.int32))
    Span(now=5, before=1)
    """
    now = len(as_of) - 1
    before = int(np.searchsorted(as_of, as_of[now] - days, side="right")) - 1
    return Span(now, max(before, 0))


def customers_at(scores: Scores, facts: Facts, span: Span, revenue: Floats | None) -> list[Customer]:
    """Those alive at `span.now`, worst band first, then most revenue, then lowest score."""
    names = account_names(facts, int(scores.grid.as_of[span.now]))
    alive = np.flatnonzero(scores.grid.alive[:, span.now])
    listed = [_customer(scores, int(index), span, revenue, names) for index in alive]
    return sorted(listed, key=_worst_first)


def account_names(facts: Facts, as_of: int) -> Mapping[str, tuple[str, str]]:
    """account_id -> (name, name of its parent), as known at `as_of`; an account without a name goes by its id."""
    if not facts.has("accounts"):
        return {}
    wanted = ["account_id", *({"name", "parent_id"} & set(facts.scan("accounts").collect_schema().names()))]
    rows = facts.scan("accounts").filter(known_at(as_of)).select(wanted).collect().to_dicts()
    names = {row["account_id"]: row.get("name") or row["account_id"] for row in rows}
    return {row["account_id"]: (names[row["account_id"]], _parent(row, names)) for row in rows}


def _parent(row: Mapping[str, str | None], names: Mapping[str, str]) -> str:
    parent_id = row.get("parent_id") or ""
    return names.get(parent_id, parent_id)


def _customer(
    scores: Scores, index: int, span: Span, revenue: Floats | None, names: Mapping[str, tuple[str, str]]
) -> Customer:
    grid = scores.grid
    account_id = grid.accounts[index]
    name, parent = names.get(account_id, (account_id, ""))
    score = float(scores.score[index, span.now])
    return Customer(
        index=index,
        account_id=account_id,
        name=name,
        parent=parent,
        segment=_segment(scores, index, span.now),
        band=BANDS[scores.band[index, span.now]],
        score=score,
        change=score - float(scores.score[index, span.before]) if span.compares else float("nan"),
        coverage=float(scores.coverage[index, span.now]),
        revenue_minor=float("nan") if revenue is None else float(revenue[index]),
        young=bool(scores.young[index, span.now]),
    )


def _segment(scores: Scores, index: int, column: int) -> str:
    which = int(scores.grid.segment[index, column])
    return scores.grid.segments[which] if 0 <= which < len(scores.grid.segments) else ""


def _worst_first(customer: Customer) -> tuple[int, float, float, str]:
    revenue = customer.revenue_minor
    return (
        WORST_FIRST.index(customer.band),
        0.0 if isnan(revenue) else -revenue,
        0.0 if isnan(customer.score) else customer.score,
        customer.account_id,
    )
