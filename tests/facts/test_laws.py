"""What must hold for any input: how rows are ordered or divided into files changes nothing, and no row is ever lost."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import polars as pl
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from sabai.facts.landed import Facts
from tests.facts.conftest import Bench, of, same, source
from tests.tries import tries

LAW = tries(
    8,
    60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

IDS = st.sampled_from(["", "1", "2", "3", "4"])
DAY = st.sampled_from(["", "2024-01-01", "2024-01-02", "2024-01-03 10:00:00", "1850-01-01", "soon"])
EVENT = st.tuples(
    IDS,
    st.sampled_from(["", "p1", "p2", "p3", "p4"]),
    st.sampled_from(["login", "export", ""]),
    DAY,
    st.sampled_from(["", "1", "2.5", "nan", "x"]),
)
UPDATED = st.integers(1, 28).map(lambda day: f"2024-02-{day:02}")
TICKET = st.tuples(IDS, st.sampled_from(["", "p1", "p2"]), DAY, DAY, UPDATED)
IDENTITY = st.tuples(
    st.just("product"),
    st.sampled_from(["p1", "p2", "p3"]),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["", "2024-01-02"]),
)

EVENTS = source(
    "events",
    "events/*.csv",
    {
        "event_id": of("id"),
        "account_id": of("org", through="product"),
        "name": of("what"),
        "occurred_at": of("at"),
        "value": of("v"),
    },
)
TICKETS = source(
    "tickets",
    "tickets/*.csv",
    {
        "ticket_id": of("id"),
        "account_id": of("org", through="product"),
        "opened_at": of("opened"),
        "resolved_at": of("resolved"),
        "updated_at": of("updated"),
    },
)
WHO = source("identities", "who/*.csv", same("source_name", "source_id", "account_id", "from_on"))
HEADERS = {
    "events": "id,org,what,at,v",
    "tickets": "id,org,opened,resolved,updated",
    "who": "source_name,source_id,account_id,from_on",
}

Rows = list[tuple[str, ...]]


def put(bench: Bench, folder: str, parts: list[Rows]) -> None:
    for number, part in enumerate(parts):
        bench.file(f"{folder}/{number}.csv", "\n".join([HEADERS[folder], *(",".join(row) for row in part), ""]))


def tables(facts: Facts) -> dict[str, pl.DataFrame]:
    return {name: facts.scan(name).collect() for name in ("events", "tickets", "identities", "accounts")}


def divided(rows: Rows, cuts: list[int]) -> list[Rows]:
    places = [0, *sorted(cut % (len(rows) + 1) for cut in cuts), len(rows)]
    return [rows[start:end] for start, end in itertools.pairwise(places)]


def unique_updates(tickets: Rows) -> Rows:
    """Two rows of a thing that were updated at the same time are told apart by their order alone."""
    return list({(row[0], row[-1]): row for row in tickets}.values())


@LAW
@given(
    st.lists(EVENT, max_size=12),
    st.lists(TICKET, max_size=8),
    st.lists(IDENTITY, max_size=5),
    st.lists(st.integers(0, 20), max_size=3),
    st.randoms(),
)
def test_order_and_files_change_nothing_and_nothing_is_lost(
    bench_of: Callable[[], Bench], events: Rows, tickets: Rows, who: Rows, cuts: list[int], random: object
) -> None:
    tickets = unique_updates(tickets)
    first, second = bench_of(), bench_of()
    for folder, rows in (("events", events), ("tickets", tickets), ("who", who)):
        put(first, folder, [rows])
        shuffled = random.sample(rows, len(rows))
        put(second, folder, divided(shuffled, cuts))
    one, other = first.land(WHO, EVENTS, TICKETS), second.land(EVENTS, TICKETS, WHO)
    assert one.tallies == other.tallies
    assert all(tally.holds for tally in one.tallies)
    assert one.first_days == other.first_days
    assert one.account_ids == other.account_ids
    for name, table in tables(one).items():
        assert table.equals(tables(other)[name]), name
    counted = {tally.table: tally.rows_in for tally in one.tallies}
    assert counted == {"events": len(events), "tickets": len(tickets), "identities": len(who)}
