"""What the page says equals what the scores and the facts say."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sabai.health.revenue import monthly_revenue
from sabai.health.scores import BANDS
from sabai.report.customers import Span, span_of
from sabai.report.problems import problems
from sabai.report.timeline import timelines
from sabai.report.view import View, view
from tests.report.made import Made, made


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory.mktemp("facts"))


@pytest.fixture(scope="module")
def shown(run: Made) -> View:
    return view(run)


def test_the_counts_of_bands_are_all_customers(run: Made, shown: View) -> None:
    assert (shown.counts.sum(axis=1) == run.scores.grid.alive.sum(axis=0)).all()
    now = {band: int(shown.counts[-1][at]) for at, band in enumerate(BANDS)}
    assert now == {band: sum(customer.band == band for customer in shown.customers) for band in BANDS}


def test_every_addition_ends_at_its_score(shown: View) -> None:
    known = [page for page in shown.pages if page.why.score is not None]
    assert len(known) > 40
    for page in known:
        assert page.steps[-1].start + page.steps[-1].contribution == pytest.approx(page.why.score, abs=1e-9)
        assert page.steps[0].start == 0


def test_falls_and_rises_are_told_apart_and_ordered(shown: View) -> None:
    falls, rises = [[move.customer.change for move in moves] for moves in (shown.falls, shown.rises)]
    assert falls == sorted(falls)
    assert rises == sorted(rises, reverse=True)
    assert max(falls) <= -1 < 1 <= min(rises)
    assert all(part.points < 0 for move in shown.falls for part in move.parts)


def test_calls_have_a_reason_each_and_no_customer_twice(shown: View) -> None:
    assert all(call.reasons for call in shown.calls)
    assert len({call.customer.account_id for call in shown.calls}) == len(shown.calls) == 12
    deepest = min(customer.change for customer in shown.customers if customer.change == customer.change)
    assert shown.calls[0].customer.change == deepest


def test_revenue_comes_from_the_metric_or_else_from_subscriptions(run: Made) -> None:
    grid, last = run.scores.grid, len(run.scores.grid.as_of) - 1
    held = monthly_revenue(grid, run.definitions, run.facts, last)
    assert held is not None
    assert (held == grid.values["recurring"][:, last]).all()
    without = dataclasses.replace(run.definitions, metrics={})
    added = monthly_revenue(grid, without, run.facts, last)
    assert added is not None
    assert (added == 1_250_000).all()


def test_a_subscription_that_ended_pays_nothing(tmp_path: Path) -> None:
    run = made(tmp_path, accounts=3, weeks=6)
    last = int(run.scores.grid.as_of[-1])
    path = run.facts.path("subscriptions")
    ended = pl.read_parquet(path).with_columns(
        ends_day=pl.when(pl.col("account_id") == "A00001").then(last - 1).otherwise(last)
    )
    ended.write_parquet(path)
    added = monthly_revenue(run.scores.grid, dataclasses.replace(run.definitions, metrics={}), run.facts, 5)
    assert added is not None
    assert added.tolist() == [1_250_000, 0, 1_250_000]


def test_the_timeline_knows_nothing_of_the_as_of_date_and_later(run: Made) -> None:
    last = int(run.scores.grid.as_of[-1])
    early = timelines(run.facts, run.scores.grid.accounts, last - 60)
    days = [happening.day for timeline in early.values() for happening in timeline.happenings]
    resolved = [it.said.get("resolved_day") for timeline in early.values() for it in timeline.happenings]
    assert days
    assert max(days) < last - 60
    assert all(day is None or int(str(day)) < last - 60 for day in resolved)


def test_the_timeline_is_newest_first_and_counts_events(run: Made) -> None:
    last = int(run.scores.grid.as_of[-1])
    timeline = timelines(run.facts, ["A00001"], last)["A00001"]
    days = [happening.day for happening in timeline.happenings]
    assert days == sorted(days, reverse=True)
    events = (
        run.facts.scan("events").filter(pl.col("account_id") == "A00001", pl.col("occurred_day") >= last - 28).collect()
    )
    assert sum(count for _, count in timeline.names) == len(events)


def test_problems_are_counted_by_reason_with_examples(run: Made) -> None:
    found = problems(run.facts)
    assert [(problem.table, problem.code, problem.rows) for problem in found] == [
        ("invoices", "FCT-021", 12),
        ("tickets", "FCT-033", 1),
    ]
    assert [example.row for example in found[0].examples] == [40, 41, 42]


def test_the_page_compares_with_four_weeks_before() -> None:
    assert span_of(np.array([0, 7, 14, 21, 28, 35], dtype=np.int32)) == Span(5, 1)
    assert span_of(np.array([0, 30, 60], dtype=np.int32)) == Span(2, 1)
    assert not span_of(np.array([5], dtype=np.int32)).compares
