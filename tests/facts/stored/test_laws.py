"""What must hold however the same rows come in: at once, in parts, in another order, or again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from tests.facts.stored.bench import (
    THINGS,
    Added,
    Growing,
    Rows,
    assert_nothing_lost,
    assert_same_numbers,
    at_once,
    meaning,
    source_of,
    tallies,
)
from tests.tries import tries

LAW = tries(
    2,  # each lands up to seven times
    60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.generate),
)
TABLES = ("events", "tickets", "invoices", "payments")
DEFINITIONS = meaning(*map(source_of, TABLES))


def day(number: int) -> str:
    return f"2024-{1 + number // 28:02}-{1 + number % 28:02}"


accounts = st.sampled_from(["ant", "bee", "cat"])
days = st.integers(0, 40)


@st.composite
def events(draw: st.DrawFn) -> dict[str, str]:
    at = draw(days)
    return {
        "account_id": draw(accounts), "contact_id": draw(st.sampled_from(["u1", "u2", ""])), "name": "login",
        "occurred_at": day(at), "value": draw(st.sampled_from(["", "1", "2.5"])),
        "received_at": day(at + draw(st.integers(0, 20))),
    }  # fmt: skip


@st.composite
def tickets(draw: st.DrawFn) -> dict[str, str]:
    opened = draw(days)
    resolved = draw(st.sampled_from([None, 0, 3, 9]))
    return {
        "account_id": draw(accounts), "opened_at": day(opened), "satisfaction": draw(st.sampled_from(["", "1", "5"])),
        "resolved_at": "" if resolved is None else day(opened + resolved),
        "received_at": day(opened + draw(st.integers(0, 30))),
    }  # fmt: skip


@st.composite
def invoices(draw: st.DrawFn) -> dict[str, str]:
    issued = draw(days)
    return {
        "account_id": draw(accounts), "issued_on": day(issued), "due_on": day(issued + 10), "amount_minor": "100",
        "received_at": day(issued + draw(st.integers(0, 9))),
    }  # fmt: skip


@st.composite
def payments(draw: st.DrawFn) -> dict[str, str]:
    at = draw(days)
    return {
        "account_id": draw(accounts), "invoice_id": draw(st.sampled_from(["1", "2", "3"])), "occurred_at": day(at),
        "amount_minor": draw(st.sampled_from(["40", "60", "100"])), "received_at": day(at + draw(st.integers(0, 9))),
    }  # fmt: skip


ROWS = {"events": events(), "tickets": tickets(), "invoices": invoices(), "payments": payments()}
KEY = {"events": "event_id", "tickets": "ticket_id", "invoices": "invoice_id", "payments": "payment_id"}
IDS = st.sampled_from(["1", "2", "3", "4", "5"])


@st.composite
def histories(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """Rows of all tables without a conflict: a happening says one thing, a thing one thing at a time."""
    told: dict[str, list[dict[str, str]]] = {}
    for table, rows in ROWS.items():
        drawn = draw(st.lists(st.tuples(IDS, rows), max_size=7))
        once = {(key, row["received_at"] if table in THINGS else ""): (key, row) for key, row in drawn}
        told[table] = [{KEY[table]: key, **row} for key, row in once.values()]
    return told


def repeated(rows: Rows, random: Random) -> Rows:
    return [*rows, *random.choices(rows, k=2)] if rows else rows


def parts(tables: Mapping[str, Rows], places: Mapping[str, list[int]], count: int) -> list[dict[str, Rows]]:
    return [
        {
            name: [row for row, place in zip(rows, places[name], strict=True) if place == n]
            for name, rows in tables.items()
        }
        for n in range(count)
    ]


def grown(folder: Path, landings: list[dict[str, Rows]], buckets: int = 3) -> tuple[Growing, list[Added]]:
    store = Growing(folder, DEFINITIONS, buckets)
    return store, [store.land(tables) for tables in landings]


@LAW
@given(histories(), st.integers(1, 4), st.integers(1, 3), st.randoms(use_true_random=False))
def test_any_parts_in_any_order_are_the_same_facts_as_all_at_once(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, Rows], count: int, buckets: int, random: Random
) -> None:
    folder = tmp_path_factory.mktemp("law")
    tables = {name: repeated(rows, random) for name, rows in told.items()}
    places = {name: [random.randrange(count) for _ in rows] for name, rows in tables.items()}
    store, added = grown(folder, parts(tables, places, count), buckets)
    pure = at_once(folder, DEFINITIONS, tables)
    assert_same_numbers(pure, store.facts, DEFINITIONS)
    assert_nothing_lost(store, added, {name: len(rows) for name, rows in tables.items()})


@LAW
@given(histories(), st.lists(st.tuples(IDS, events()), max_size=6), st.lists(days, min_size=1, max_size=3))
def test_parts_in_the_order_of_receiving_tell_versions_duplicates_and_conflicts_alike(
    tmp_path_factory: pytest.TempPathFactory,
    told: dict[str, Rows],
    more: list[tuple[str, dict[str, str]]],
    cuts: list[int],
) -> None:
    folder = tmp_path_factory.mktemp("law")
    tables = {**told, "events": [*told["events"], *({"event_id": key, **row} for key, row in more)]}
    tables = {name: sorted(rows, key=lambda row: row["received_at"]) for name, rows in tables.items()}
    edges = sorted({day(cut) for cut in cuts})

    def place(row: Mapping[str, str]) -> int:
        return sum(edge <= row["received_at"] for edge in edges)

    places = {name: [place(row) for row in rows] for name, rows in tables.items()}
    store, added = grown(folder, parts(tables, places, len(edges) + 1))
    pure = at_once(folder, DEFINITIONS, tables)
    assert_same_numbers(pure, store.facts, DEFINITIONS)
    assert_nothing_lost(store, added, {name: len(rows) for name, rows in tables.items()})
    assert tallies(store.facts) == tallies(pure)


@LAW
@given(histories(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_the_same_again_renamed_or_divided_otherwise_adds_no_fact(
    tmp_path_factory: pytest.TempPathFactory, told: dict[str, Rows], count: int, random: Random
) -> None:
    folder = tmp_path_factory.mktemp("law")
    places = {name: [random.randrange(count) for _ in rows] for name, rows in told.items()}
    store, _ = grown(folder, parts(told, places, count))
    before = {name: store.facts.shelf(name).files.files() for name in TABLES}
    again = {name: [random.randrange(2) for _ in rows] for name, rows in told.items()}
    for part in parts(told, again, 2):
        for tally in store.land(part).tallies:
            assert (tally.facts, tally.versions, tally.duplicates) == (0, 0, len(part[tally.table]))
    assert {name: store.facts.shelf(name).files.files() for name in TABLES} == before
