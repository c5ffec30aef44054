"""Every customer at the page's as-of date, one row each, the ones that need somebody first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np

from sabai.facts.landed import Facts
from sabai.health.scores import BANDS, Scores
from sabai.metrics.grid import Days, Floats
from sabai.report.beside import Beside
from sabai.report.names import Named, account_names
from sabai.report.words import WORST_FIRST


@dataclass(frozen=True, slots=True)
class Customer:
    """One row of the list. Unknown numbers are NaN; `index` is the row in the arrays of Scores.

    `band` is the one shown: that of the override in force, or else the score's own. `parent` is its name.
    """

    index: int
    account_id: str
    name: str
    parent_id: str
    parent: str
    segment: str
    band: str
    score: float
    change: float  # of the score since the page's earlier date
    coverage: float
    revenue_minor: float
    young: bool
    beside: Beside

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


def customers_at(
    shown: Scores, facts: Facts, span: Span, revenue: Floats | None, beside: Mapping[str, Beside]
) -> list[Customer]:
    """Those alive at `span.now`, worst band first, then most revenue, then lowest score; `shown` has shown bands."""
    names = account_names(facts, int(shown.grid.as_of[span.now]))
    alive = np.flatnonzero(shown.grid.alive[:, span.now])
    listed = [_customer(shown, int(index), span, revenue, names, beside) for index in alive]
    return sorted(listed, key=_worst_first)


def _customer(
    scores: Scores,
    index: int,
    span: Span,
    revenue: Floats | None,
    names: Mapping[str, Named],
    beside: Mapping[str, Beside],
) -> Customer:
    account_id = scores.grid.accounts[index]
    named = names.get(account_id, Named(account_id))
    score = float(scores.score[index, span.now])
    return Customer(
        index=index,
        account_id=account_id,
        name=named.name,
        parent_id=named.parent_id,
        parent=names.get(named.parent_id, Named(named.parent_id)).name,
        segment=_segment(scores, index, span.now),
        band=BANDS[scores.band[index, span.now]],
        score=score,
        change=score - float(scores.score[index, span.before]) if span.compares else float("nan"),
        coverage=float(scores.coverage[index, span.now]),
        revenue_minor=float("nan") if revenue is None else float(revenue[index]),
        young=bool(scores.young[index, span.now]),
        beside=beside.get(account_id, Beside()),
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
