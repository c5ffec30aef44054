"""All that the page shows, gathered from scores, definitions and facts: numbers and names, no words and no markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isnan
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Definitions
from sabai.errors import Issue
from sabai.facts.landed import Tally
from sabai.health.explain import Explanation, explain
from sabai.health.overrides import shown_bands
from sabai.health.revenue import monthly_revenue
from sabai.health.scores import BANDS, Scores
from sabai.health.steps import Part
from sabai.health.success import Success, success_rate
from sabai.metrics.grid import Days, Floats
from sabai.report import beside
from sabai.report.additions import Step, steps
from sabai.report.calls import Call, calls
from sabai.report.customers import Customer, Span, customers_at, span_of
from sabai.report.families import Family, families
from sabai.report.moves import Move, biggest_moves, move_of, parts_of
from sabai.report.problems import Problem, problems
from sabai.report.timeline import Timeline, timelines

PAGES = 500  # so many accounts get a page of their own; more would make the file slow to open


class Scored(beside.Scored, Protocol):
    """What a report is made of; `sabai.pipeline.Run` has it."""

    @property
    def notices(self) -> tuple[Issue, ...]: ...


@dataclass(frozen=True, slots=True)
class AccountPage:
    """`trend` has the score at each of the view's days; `changes` is what moved it since the earlier date."""

    customer: Customer
    family: Family
    why: Explanation
    steps: tuple[Step, ...]
    trend: Floats
    changes: tuple[Part, ...]
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class View:
    """`days` are the as-of dates; `counts` has shape (days, bands in the order of BANDS), overrides in force."""

    definitions: Definitions
    days: Days
    span: Span
    counts: NDArray[np.int64]
    cut: tuple[float, float]
    success: Success
    customers: list[Customer]
    revenue: Mapping[str, float] | None  # band -> minor units a month
    calls: list[Call]
    falls: list[Move]
    rises: list[Move]
    pages: list[AccountPage]
    tallies: tuple[Tally, ...]
    problems: list[Problem]
    notices: tuple[Issue, ...]


def view(scored: Scored) -> View:
    """Everything at the last as-of date, compared with the one four weeks before it."""
    scores, definitions, facts = scored.scores, scored.definitions, scored.facts
    span = span_of(scores.grid.as_of)
    revenue = monthly_revenue(scores.grid, definitions, facts, span.now)
    shown = replace(scores, band=shown_bands(scores, scored.overrides))
    customers = customers_at(shown, facts, span, revenue, beside.all_beside(scored, span.now, revenue))
    falls, rises = biggest_moves(customers)
    to_call = calls(customers)
    first = [*(call.customer for call in to_call), *falls, *rises, *customers]
    return View(
        definitions=definitions,
        days=scores.grid.as_of,
        span=span,
        counts=band_counts(shown),
        cut=scores.cut,
        success=success_rate(shown, int(scores.grid.as_of[span.now]), revenue),
        customers=customers,
        revenue=None if revenue is None else _by_band(customers),
        calls=to_call,
        falls=[move_of(scores, definitions, customer, span) for customer in falls],
        rises=[move_of(scores, definitions, customer, span) for customer in rises],
        pages=_pages(scored, span, list(dict.fromkeys(first))[:PAGES], families(customers)),
        tallies=facts.tallies,
        problems=problems(facts),
        notices=(*facts.issues, *scored.notices),
    )


def band_counts(scores: Scores) -> NDArray[np.int64]:
    """How many customers stood in each band at each as-of date: shape (as_of, bands)."""
    return np.stack([((scores.band == band) & scores.grid.alive).sum(axis=0) for band in range(len(BANDS))], axis=1)


def _by_band(customers: list[Customer]) -> dict[str, float]:
    sums: Counter[str] = Counter()
    for customer in customers:
        if not isnan(customer.revenue_minor):
            sums[customer.band] += int(customer.revenue_minor)
    return {band: float(sums[band]) for band in BANDS}


def _pages(scored: Scored, span: Span, customers: list[Customer], family_of: Mapping[str, Family]) -> list[AccountPage]:
    as_of = int(scored.scores.grid.as_of[span.now])
    told = timelines(scored.facts, [customer.account_id for customer in customers], as_of)
    return [
        _page(scored, span, customer, family_of[customer.account_id], told.get(customer.account_id, Timeline()))
        for customer in customers
    ]


def _page(scored: Scored, span: Span, customer: Customer, family: Family, timeline: Timeline) -> AccountPage:
    scores, definitions = scored.scores, scored.definitions
    why = explain(scores, definitions, customer.account_id, int(scores.grid.as_of[span.now]))
    return AccountPage(
        customer=customer,
        family=family,
        why=why,
        steps=steps(why, definitions),
        trend=np.where(scores.grid.alive[customer.index], scores.score[customer.index], np.nan),
        changes=parts_of(scores, definitions, customer, span),
        timeline=timeline,
    )
