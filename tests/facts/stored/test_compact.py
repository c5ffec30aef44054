"""Small files become few, and nobody who reads sees a difference; old files stay closed where only new days count."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sabai.engines import local
from sabai.facts.catalogue import TABLES
from sabai.facts.reach import Reach
from sabai.facts.stored import compact
from sabai.facts.stored.log import Log
from sabai.facts.stored.reading import StoredTable, open_stored
from tests.facts.stored.bench import DAYS, METRICS, Growing, by_account, meaning, source_of

DEFINITIONS = meaning(source_of("accounts"), source_of("events"), source_of("tickets"))
ACCOUNTS = [{"account_id": name, "started_on": "2023-01-01", "received_at": "2023-01-01"} for name in ("a", "b", "c")]


def events(part: int) -> list[dict[str, str]]:
    """Three a day and account for ten days."""
    return [
        {
            "event_id": f"{part}-{day}-{who}-{n}", "account_id": who, "contact_id": f"c{n}", "name": "login",
            "occurred_at": f"2024-0{part}-{day:02}", "value": str(n), "received_at": f"2024-0{part}-{day:02}",
        }
        for day in range(1, 11) for who in ("a", "b", "c") for n in range(3)
    ]  # fmt: skip


def tickets(part: int) -> list[dict[str, str]]:
    """A new one, and another word on the first."""
    return [
        {"ticket_id": str(n), "account_id": "a", "opened_at": "2024-01-02", "satisfaction": str(part),
         "received_at": f"2024-0{part}-02"} for n in (1, part)
    ]  # fmt: skip


def grown(folder: Path, parts: int = 5) -> Growing:
    store = Growing(folder, DEFINITIONS, buckets=2)
    store.land({"accounts": ACCOUNTS})
    for part in range(1, parts + 1):
        store.land({"events": events(part), "tickets": tickets(part)})
    return store


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Growing:
    return grown(tmp_path_factory.mktemp("loose"))


@pytest.fixture(scope="module")
def tidy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Growing]:
    """The same, compacted as soon as a bucket has three files."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(compact, "MOST_FILES", 2)
        yield grown(tmp_path_factory.mktemp("tidy"))


def files(store: Growing, table: str) -> int:
    return len(store.facts.shelf(table).files.files())


def test_compacted_tables_have_fewer_files_and_the_same_numbers(loose: Growing, tidy: Growing) -> None:
    for table in ("events", "tickets"):
        assert files(tidy, table) < files(loose, table)
    one, other = (by_account(store.facts, DEFINITIONS) for store in (loose, tidy))
    for metric in METRICS:
        np.testing.assert_array_equal(one.values[metric.name], other.values[metric.name], err_msg=metric.name)
    again = tidy.land({"events": events(3), "tickets": tickets(3)})
    assert sum(tally.facts + tally.versions for tally in again.tallies) == 0


def test_the_log_gets_fewer_files_and_says_the_same(loose: Growing, tidy: Growing) -> None:
    assert len(Log(tidy.store).table.files()) < len(Log(loose.store).table.files())
    told = [[entry.tallies for entry in Log(store.store).entries() if entry.tallies] for store in (tidy, loose)]
    assert told[0][: len(told[1])] == told[1]
    numbers = [entry.number for entry in Log(tidy.store).entries()]
    assert numbers == [*range(1, len(numbers) + 1)]


def test_what_is_large_is_not_written_again_because_little_comes_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compact, "MOST_FILES", 2)
    store = Growing(tmp_path, DEFINITIONS, buckets=1)
    store.land({"accounts": ACCOUNTS, "events": events(1)})
    (large,) = store.facts.shelf("events").files.files()
    for number in range(7):
        store.land({"events": [events(2)[number]]})
    files = store.facts.shelf("events").files.files()
    assert large in files
    assert sorted(file.rows for file in files) == [7, large.rows]


def test_a_compaction_changes_no_row(tidy: Growing) -> None:
    """Delta says so too: whoever follows the table's changes has nothing to do."""
    log = sorted((tidy.store / "facts" / "events" / "_delta_log").glob("*.json"))
    moved = [line for file in log for line in file.read_text().splitlines() if '"remove"' in line]
    assert moved
    assert all('"dataChange":false' in line for line in moved)


def test_files_that_end_before_the_windows_stay_closed(loose: Growing) -> None:
    facts = loose.facts
    columns = ("occurred_day", "received_day")
    every, late = (opened(facts, columns, reach) for reach in (None, Reach(19_840)))  # 2024-04-27
    assert rows(late) < rows(every)
    names = {metric.name: metric for metric in METRICS if metric.table == "events" and metric.window_days}
    some = meaning(*DEFINITIONS.sources.values(), metrics=tuple(names.values()))
    whole = local.measure(facts, some, [*DAYS, 19_850])
    alone = local.measure(facts, some, [19_850])
    for name in names:
        np.testing.assert_array_equal(whole.values[name][:, -1], alone.values[name][:, 0], err_msg=name)


def opened(facts: object, columns: tuple[str, ...], reach: Reach | None) -> StoredTable:
    return open_stored(facts, TABLES["events"].name, columns, reach)


def rows(table: StoredTable) -> int:
    return sum(file.rows for bucket in table.files.values() for file in bucket)
