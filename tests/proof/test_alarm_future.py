"""What is measured at a date is the same bits where nothing after it was ever known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from sabai.definitions.model import Basic, Definitions, Factor, Health, Where
from sabai.engines import local
from sabai.errors import Issue, UsageError
from sabai.facts.landed import Facts
from sabai.metrics.grid import Grid
from sabai.metrics.looks import EachRun
from sabai.progress import Progress, quiet
from sabai.proof.alarms.future import future_facts
from sabai.proof.replay import Replay
from tests.metrics.landing import Row, define, fact, land
from tests.proof.made_past import FIRST_DAY
from tests.proof.made_replay import few_rows, made_replay

T = TypeVar("T")
DAY = FIRST_DAY + 30

LOGINS = Basic("logins", "count", "events", window_days=28)
OPEN = Basic("open", "held", "tickets", "open")
SOLVED_IN = Basic("solved_in", "mean", "tickets", "resolution_hours", window_days=90)
OVERDUE = Basic("overdue", "held", "dues", "overdue")
DAYS_LATE = Basic("days_late", "mean", "dues", "days_late", window_days=90)
UNSOLVED = Basic("unsolved", "count", "tickets", where=(Where("resolved_at", "unknown"),), window_days=90)
"""As if nobody knew that a filter reads how a ticket ended: it counts those that were never solved."""

METRICS = (LOGINS, OPEN, SOLVED_IN, OVERDUE, DAYS_LATE)


def tables() -> dict[str, list[Row]]:
    """Things that go on beyond the day: a ticket that is solved later, an invoice that is due and paid later."""
    invoice = {"issued_on": DAY - 20, "base_minor": 900, "amount_minor": 900}
    return {
        "accounts": [fact(name, name, 0, started_on=0) for name in ("a0", "a1", "a2")],
        "events": [
            fact("e1", "a0", DAY - 1, occurred_at=DAY - 1, name="login"),
            fact("e2", "a0", DAY + 1, occurred_at=DAY - 1, name="login"),  # received later
            fact("e3", "a1", DAY + 5, occurred_at=DAY + 5, name="login"),
        ],
        "tickets": [
            fact("t1", "a0", DAY - 9, opened_at=DAY - 9, resolved_at=DAY + 3, resolution_seconds=12 * 86_400),
            fact("t2", "a1", DAY - 9, opened_at=DAY - 9, resolved_at=DAY - 8, resolution_seconds=86_400),
            fact("t3", "a2", DAY + 2, opened_at=DAY + 2, resolved_at=None),
        ],
        "invoices": [
            fact("i1", "a0", DAY - 20, invoice_id="i1", due_on=DAY + 9, **invoice),
            fact("i2", "a1", DAY - 20, invoice_id="i2", due_on=DAY - 3, **invoice),
        ],
        "payments": [
            fact("p1", "a0", DAY - 2, invoice_id="i1", occurred_at=DAY - 2, base_minor=900),
            fact("p2", "a1", DAY + 4, invoice_id="i2", occurred_at=DAY + 4, base_minor=900),
        ],
    }  # fmt: skip


def meaning(*metrics: Basic) -> Definitions:
    factors = tuple(Factor(metric.name, "usage", 1.0, better="higher") for metric in metrics)
    return define(*metrics, health=Health(factors, ("usage",)))


@pytest.fixture
def replay(tmp_path: Path) -> Replay:
    facts = land(tmp_path, tables(), ("a0", "a1", "a2"), first_days={
        name: {"made": 0} for name in ("events", "tickets", "invoices", "payments", "dues")
    })  # fmt: skip
    past = few_rows()
    return made_replay(past.only(past.account < 3), DAY, definitions=meaning(*METRICS), facts=facts)


def looking_ahead(days: int) -> EachRun:
    """An engine that measures so many days too late."""

    def each_run(
        facts: Facts, definitions: Definitions, as_of: Iterable[int], then: Callable[[Grid], T], *,
        progress: Progress = quiet,
    ) -> Iterator[T]:  # fmt: skip
        return local.each_run(facts, definitions, [day + days for day in as_of], then, progress=progress)

    return each_run


def test_later_facts_change_nothing(replay: Replay) -> None:
    alarm = future_facts(replay, local.each_run, seed=1)
    assert not alarm.fired, alarm.sentence
    assert alarm.measured == 0
    assert "15 numbers" in alarm.sentence


@pytest.mark.parametrize("days", [2, 10])
def test_an_engine_that_looks_ahead_is_found(replay: Replay, days: int) -> None:
    alarm = future_facts(replay, looking_ahead(days), seed=1)
    assert alarm.fired
    assert "logins" in alarm.sentence
    assert alarm.what_to_do


def test_a_filter_on_a_date_that_came_later_is_found(replay: Replay) -> None:
    alarm = future_facts(replace(replay, definitions=meaning(UNSOLVED)), local.each_run, seed=1)
    assert alarm.fired
    assert (alarm.measured, "unsolved" in alarm.sentence) == (1, True)


def test_an_engine_that_reads_a_store_only_leaves_it_unchecked(replay: Replay) -> None:
    def refusing(*asked: object, **rest: object) -> Iterator[object]:
        raise UsageError(Issue("ENG-004", "These facts are not those of a store."))

    alarm = future_facts(replay, refusing, seed=1)
    assert (alarm.fired, alarm.measured) == (False, None)
    assert "not those of a store" in alarm.sentence
