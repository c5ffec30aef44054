"""Things told anew: their versions, in the order of being received, wherever they belong and whenever they land."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from sabai.facts.stored.store import mark_scored
from tests.facts.conftest import of, same, source
from tests.facts.stored.bench import (
    Growing,
    Rows,
    assert_same_numbers,
    at_once,
    by_account,
    meaning,
    source_of,
    tallies,
)

TICKETS = meaning(source_of("tickets"))
OPENED = {"ticket_id": "1", "opened_at": "2024-01-02"}
ORDERS = [(0, 1, 2), (2, 0, 1), *(pytest.param(order, marks=pytest.mark.long) for order in ((1, 2, 0), (2, 1, 0)))]
"""In which three versions of a thing land."""


def told(received: str, account: str = "ant", resolved: str = "", **more: str) -> dict[str, str]:
    return {**OPENED, "account_id": account, "resolved_at": resolved, "received_at": received, **more}


def land(folder: Path, *landings: Rows) -> Growing:
    store = Growing(folder, TICKETS)
    for rows in landings:
        store.land({"tickets": rows})
    return store


def same_as_at_once(folder: Path, *landings: Rows) -> Growing:
    store = land(folder, *landings)
    pure = at_once(folder, TICKETS, {"tickets": [row for rows in landings for row in rows]})
    assert_same_numbers(pure, store.facts, TICKETS)
    return store


@pytest.mark.parametrize("order", ORDERS)
def test_a_ticket_that_is_opened_again_counts_again(tmp_path: Path, order: tuple[int, ...]) -> None:
    """It says the same as before, but something else stood between: that is news."""
    versions = [told("2024-01-02"), told("2024-01-10", resolved="2024-01-09"), told("2024-01-20")]
    store = same_as_at_once(tmp_path, *([versions[place]] for place in order))
    assert by_account(store.facts, TICKETS, [19_780]).values["open"].tolist() == [[1.0]]


@pytest.mark.parametrize("order", ORDERS)
def test_a_ticket_that_moves_and_comes_back(tmp_path: Path, order: tuple[int, ...]) -> None:
    versions = [told("2024-01-02"), told("2024-01-10", "bee"), told("2024-01-20")]
    store = same_as_at_once(tmp_path, *([versions[place]] for place in order))
    grid = by_account(store.facts, TICKETS, [19_730, 19_735, 19_780])
    assert grid.accounts == ("ant", "bee")
    assert grid.values["open"].tolist() == [[1, 0, 1], [0, 1, 0]]


def test_a_ticket_that_moves_within_one_landing(tmp_path: Path) -> None:
    same_as_at_once(tmp_path, [told("2024-01-02"), told("2024-01-10", "bee")])


def test_two_versions_received_at_the_same_time_in_one_landing(tmp_path: Path) -> None:
    for place, resolved in enumerate([("", "2024-01-05"), ("2024-01-05", "")]):
        (folder := tmp_path / str(place)).mkdir()
        same_as_at_once(folder, [told("2024-01-10", resolved=each) for each in resolved])


def test_the_last_word_of_an_export_without_times_counts_from_its_landing_on(tmp_path: Path) -> None:
    definitions = meaning(
        source("tickets", "tickets.csv", same("ticket_id", "account_id", "opened_at", "satisfaction"))
    )
    store = Growing(tmp_path, definitions)
    store.land({"tickets": [told("", satisfaction="5")]})
    assert store.land({"tickets": [told("", satisfaction="1")]}).tallies[0].versions == 1
    assert store.land({"tickets": [told("", satisfaction="1")]}).tallies[0].duplicates == 1
    rows = store.facts.scan("tickets").select("satisfaction", "received_day", "superseded_day").collect().rows()
    second = (datetime(2025, 3, 3, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days
    assert sorted(rows) == [(1.0, second, None), (5.0, 19_724, second)]


def test_an_older_word_does_not_replace_a_newer_one(tmp_path: Path) -> None:
    columns = {**same("ticket_id", "account_id", "opened_at", "resolved_at"), "updated_at": of("received_at")}
    definitions = meaning(source("tickets", "tickets.csv", columns))
    store = Growing(tmp_path, definitions)
    store.land({"tickets": [told("2024-01-10", resolved="2024-01-09")]})
    late = store.land({"tickets": [told("2024-01-05")]}).tallies[0]
    assert (late.facts, late.versions, late.duplicates) == (0, 1, 0)
    assert store.facts.scan("tickets").select("resolved_day", "superseded_day").collect().rows() == [(19_731, None)]
    again = store.land({"tickets": [told("2024-01-10", resolved="2024-01-09")]}).tallies[0]
    assert (again.versions, again.duplicates) == (0, 1)


def test_a_version_that_comes_late_for_scores_changes_nothing_before_it_came(tmp_path: Path) -> None:
    store = land(tmp_path, [told("2024-01-02"), told("2024-01-20", resolved="2024-01-19")])
    before = by_account(store.facts, TICKETS)
    mark_scored(store.store, 19_800, datetime(2025, 3, 2, tzinfo=UTC))
    store.land({"tickets": [told("2024-01-10", satisfaction="1")]})
    after = by_account(store.facts, TICKETS)
    np.testing.assert_array_equal(before.values["open"], after.values["open"])
    assert tallies(store.facts)["tickets"].versions == 2


def test_a_folder_whose_name_looks_like_a_pattern_is_a_folder(tmp_path: Path) -> None:
    twin = tmp_path / "store 1"
    twin.mkdir()  # what the pattern would find
    same_as_at_once(tmp_path / "s[tq]ore *?", [told("2024-01-02")], [told("2024-01-10", resolved="2024-01-09")])
