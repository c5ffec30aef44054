"""A few accounts of a store: the same numbers as among all others, out of their own rows alone."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.definitions.model import Basic, Where
from sabai.engines import local, reference
from sabai.facts.landed import Facts
from sabai.facts.stored.shelf import bucket_of
from sabai.metrics.plan import reach, streams
from tests.facts.stored.bench import DAYS, METRICS, Growing, by_account, meaning, source_of
from tests.tries import tries

BUCKETS = 4
NAMES = [f"a{number}" for number in range(9)]
WORDS = ("login", "bought", "left")
EVER = Basic("ever", "count", "events", where=(Where("name", "in", ("bought", "left")),))
EVERY = Basic("every", "count", "events")
DEFINITIONS = meaning(
    *map(source_of, ("accounts", "events", "tickets", "invoices", "payments")), metrics=(*METRICS, EVER, EVERY)
)
WINDOWS = [metric for metric in METRICS if metric.table == "events" and metric.window_days]


def day(number: int) -> str:
    return f"2024-{1 + number // 28:02}-{1 + number % 28:02}"


def rows(part: int) -> dict[str, list[dict[str, str]]]:
    """Of every account a few in each part; who pays the invoices of the first is the last."""
    every = [(name, place, 7 * part + (3 * place) % 7) for place, name in enumerate(NAMES)]
    return {
        "events": [
            {"event_id": f"{part}-{name}-{n}", "account_id": name, "contact_id": f"c{n}", "value": str(n + place),
             "name": WORDS[(n + place + part) % 3], "occurred_at": day(at + n), "received_at": day(at + n + place % 3)}
            for name, place, at in every for n in range(4)
        ],
        "tickets": [
            {"ticket_id": f"t{place}", "account_id": name, "opened_at": day(2), "satisfaction": str(part),
             "resolved_at": day(at) if part == 3 else "", "received_at": day(at + 1)} for name, place, at in every
        ],
        "invoices": [
            {"invoice_id": f"i{part}-{place}", "account_id": name, "issued_on": day(at), "due_on": day(at + 5),
             "amount_minor": "900", "received_at": day(at)} for name, place, at in every
        ],
        "payments": [
            {"payment_id": f"p{part}-{place}", "invoice_id": f"i{part}-{place}", "account_id": NAMES[-1 - place],
             "occurred_at": day(at + 4), "amount_minor": "500", "received_at": day(at + 4)} for name, place, at in every
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Growing:
    store = Growing(tmp_path_factory.mktemp("few"), DEFINITIONS, buckets=BUCKETS)
    store.land({"accounts": [{"account_id": name, "started_on": day(0), "received_at": day(0)} for name in NAMES]})
    for part in range(1, 4):
        store.land(rows(part))
    return store


@tries(5)
@given(st.sets(st.sampled_from(NAMES), min_size=1), st.sets(st.sampled_from(list(DAYS)), min_size=1, max_size=3))
def test_law_measured_alone_they_have_the_numbers_that_they_have_among_all(
    grown: Growing, some: set[str], days: set[int]
) -> None:
    facts = grown.facts
    whole, few = by_account(facts, DEFINITIONS, days), by_account(facts.of({*some, "nobody"}), DEFINITIONS, days)
    assert few.accounts == tuple(sorted(some))
    places = np.searchsorted(whole.accounts, few.accounts)
    for name, values in whole.values.items():
        np.testing.assert_array_equal(values[places], few.values[name], err_msg=name, strict=True)
    np.testing.assert_array_equal(whole.alive[places], few.alive)


def test_the_reference_engine_says_the_same(grown: Growing) -> None:
    facts = grown.facts.of(NAMES[2:5])
    fast, plain = (engine.measure(facts, DEFINITIONS, [19_760]) for engine in (local, reference))
    for name, values in plain.values.items():
        np.testing.assert_array_equal(values, fast.values[name], err_msg=name)


def test_only_their_rows_are_read_and_buckets_of_others_stay_closed(grown: Growing) -> None:
    facts, name = grown.facts, NAMES[3]
    few = facts.of([name])
    columns, offsets = few.open("events", ("occurred_day", "name")).read(0, 1)
    own = facts.scan("events").filter(pl.col("account_id") == name).collect().height
    assert offsets.tolist() == [0, own]
    assert 0 < own < facts.scan("events").collect().height
    assert len(columns["name"]) == own
    assert {file.part for file in few.opened["events"].values()} == {str(bucket_of(name, BUCKETS))}
    assert few.rows_read is not None
    assert few.rows_read.read < few.rows_read.stored


def test_what_is_out_of_reach_is_not_read_and_changes_nothing(grown: Growing) -> None:
    """Of what counts whenever it was, only the words that are asked for are read of old."""
    few, at = grown.facts.of(NAMES), 19_790
    told = {metric.name: metric for metric in (*WINDOWS, EVER)}
    near = reach(streams(told)[0], at)
    assert near is not None
    assert near.first_day is None
    read = [few.open("events", ("occurred_day", "name"), each).read(0, len(NAMES)) for each in (near, None)]
    assert 0 < read[0][1][-1] < read[1][1][-1]
    assert reach(streams(told | {"every": EVERY})[0], at) is None
    some = meaning(*DEFINITIONS.sources.values(), metrics=tuple(told.values()))
    whole, alone = by_account(grown.facts, some, [*DAYS, at]), by_account(few, some, [at])
    for name, values in whole.values.items():
        np.testing.assert_array_equal(values[:, -1], alone.values[name][:, 0], err_msg=name)


def test_happenings_are_counted_by_day_out_of_files_that_were_counted_before(grown: Growing) -> None:
    facts = grown.facts
    for _ in range(2):
        assert counted(facts.by_day("events")) == counted(Facts.by_day(facts, "events"))
    grown.land({"events": [rows(1)["events"][0] | {"event_id": "new", "occurred_at": day(1), "received_at": day(40)}]})
    more = counted(grown.facts.by_day("events")) - counted(facts.by_day("events"))
    assert [count for _, count in more] == [1]


def counted(days: pl.LazyFrame) -> set[tuple[int, int]]:
    return set(days.collect().rows())
