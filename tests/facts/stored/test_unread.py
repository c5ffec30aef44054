"""A damaged export is set aside and named, the rest lands; it counts once it comes in whole."""

from __future__ import annotations

import gzip
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from sabai.errors import FactsError
from sabai.facts.stored.log import Log, still_unread
from sabai.facts.stored.store import Added, Stops, land_into
from tests.facts.stored.bench import BEGIN, COLUMNS, Growing, assert_same_numbers, csv_of, meaning, source_of
from tests.facts.stored.test_faults import events

FILES = ("events*.csv", "events*.csv.gz", "events*.parquet")
DEFINITIONS = meaning(replace(source_of("events"), files=FILES), source_of("tickets"))
CUT = "events-cut.parquet"


def part(first: int, count: int = 40) -> str:
    return csv_of(COLUMNS["events"], events(first, count)["events"])


def whole(form: str) -> bytes:
    """Forty events in one file of that form."""
    text = part(1_000)
    if form == "parquet":
        pl.read_csv(text.encode(), infer_schema=False).write_parquet(file := BytesIO())
        return file.getvalue()
    return gzip.compress(text.encode())


def torn(form: str) -> bytes:
    """The same, with a hole in the middle or its end cut off."""
    found = bytearray(whole(form))
    if form == "parquet":
        found[60:200] = b"\0" * 140
        return bytes(found)
    return bytes(found[: len(found) // 2])


def landed(store: Growing, data: Path, stops: Stops = Stops.NEVER) -> Added:
    store.landings += 1
    return land_into(DEFINITIONS, data, store.store, BEGIN, buckets=3, stops=stops)


@pytest.mark.parametrize("name", ["events-cut.parquet", "events-cut.csv.gz", "events-empty.csv"])
def test_a_damaged_export_is_set_aside_and_the_rest_lands(tmp_path: Path, name: str) -> None:
    store = Growing(tmp_path, DEFINITIONS)
    data = store.exports(events(0))
    form = name.rpartition(".")[2]
    (data / name).write_bytes(torn(form) if form != "csv" else b"")
    added = landed(store, data)
    assert list(added.unread) == [name]
    assert name in added.unread[name]
    assert all(tally.holds for tally in added.tallies)
    assert {tally.table: tally.facts for tally in added.tallies} == {"events": 40, "tickets": 1}
    (said,) = [issue for issue in store.facts.issues if issue.code == "FCT-018"]
    assert name in said.what


def test_until_it_comes_in_whole_every_score_says_so_and_then_it_is_as_if_nothing_had_been(tmp_path: Path) -> None:
    store, other = Growing(tmp_path, DEFINITIONS), Growing(tmp_path / "other", DEFINITIONS)
    data = store.exports(events(0))
    (data / CUT).write_bytes(torn("parquet"))
    landed(store, data)
    assert landed(store, data).unread, "the same damaged file is never taken for one that has landed"
    (data / CUT).write_bytes(whole("parquet"))
    mended = landed(store, data)
    assert not mended.unread
    assert {tally.table: tally.facts for tally in mended.tallies} == {"events": 40, "tickets": 0}
    assert still_unread(Log(store.store).entries()) == {}
    assert not store.facts.issues
    landed(other, data)
    assert_same_numbers(store.facts, other.facts, DEFINITIONS)


@pytest.mark.parametrize("stops", [Stops.AT_A_BAD_ROW, Stops.AT_A_DAMAGED_FILE])
def test_whoever_wants_to_is_stopped_by_it_and_the_store_is_as_it_was(tmp_path: Path, stops: Stops) -> None:
    store = Growing(tmp_path, DEFINITIONS)
    data = store.exports(events(0))
    (data / CUT).write_bytes(torn("parquet"))
    with pytest.raises(FactsError, match=CUT):
        landed(store, data, stops)
    assert not Log(store.store).entries()


def test_what_only_a_person_can_mend_stops_a_landing_as_ever(tmp_path: Path) -> None:
    store = Growing(tmp_path, DEFINITIONS)
    data = store.exports(events(0))
    (data / "events-other.csv").write_text("nothing,of,that\n1,2,3\n")
    with pytest.raises(FactsError, match="FCT-003"):
        landed(store, data)
