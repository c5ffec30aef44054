"""Facts that come to the desk land in the store: whole, once, under the name of their source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring import door, tray
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.sources import put
from sabai.desk.scoring.tray import flat
from sabai.desk.tasks.models import Touchpoint
from sabai.facts.catalogue import TABLES
from sabai.facts.stored.facts import StoredFacts
from tests.desk.scoring.conftest import AT

NOW = AT + timedelta(hours=1)


def facts(workspace: Workspace) -> StoredFacts:
    found = door.request_of(workspace).facts()
    assert isinstance(found, StoredFacts)
    return found


def of_source(workspace: Workspace, table: str, source: str, *keys: str) -> list[dict[str, Any]]:
    rows = facts(workspace).scan(table).filter(pl.col("source") == source, pl.col("key").is_in(list(keys)))
    return rows.sort("key").collect().to_dicts()


def event(key: str, account: str | None, **more: object) -> dict[str, object]:
    at = "2026-07-01T12:30:00.000000Z"
    return {"event_id": key, "account_id": account, "name": "login", "occurred_at": at, "received_at": at} | more


@pytest.fixture
def shop(company: Company, workspace: Workspace) -> tuple[str, str]:
    """An account, and how the product calls it."""
    rows = facts(workspace).scan("identities").select("account_id", "source_id").sort("account_id").collect()
    account, name = rows.row(0)
    return account, name


def test_an_event_lands_under_the_source_of_the_definitions_and_by_its_ids(
    company: Company, workspace: Workspace, shop: tuple[str, str]
) -> None:
    account, name = shop
    put(company, "events", "product", [event("m-1", name, properties={"device": "till", "plan": "pro"})], "1")
    before = facts(workspace).first_days["events"]
    landed = door.land_incoming(workspace, NOW)
    assert landed.accounts == (account,)
    (row,) = of_source(workspace, "events", "product", "m-1")
    assert (row["account_id"], row["properties.device"], row["properties.plan"]) == (account, "till", "pro")
    assert row["received_at"] == datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    assert facts(workspace).first_days["events"] == before
    assert not tray.is_waiting(company)


def test_the_same_again_is_known_and_another_word_on_it_is_set_aside(
    company: Company, workspace: Workspace, shop: tuple[str, str]
) -> None:
    for number, value in enumerate((1.0, 1.0, 2.0)):
        put(company, "events", "product", [event("m-1", shop[1], value=value)], str(number))
        (tally,) = door.land_incoming(workspace, NOW).tallies
        assert (tally.facts, tally.duplicates, tally.conflicts) == [(1, 0, 0), (0, 1, 0), (0, 0, 1)][number]
    assert [row["value"] for row in of_source(workspace, "events", "product", "m-1")] == [1.0]


def test_files_land_together_and_one_bad_row_does_not_stop_its_neighbours(
    company: Company, workspace: Workspace, shop: tuple[str, str]
) -> None:
    put(company, "events", "product", [event("m-1", shop[1])], "1")
    put(
        company,
        "events",
        "product",
        [event("m-2", shop[1], occurred_at="soon"), event("m-3", shop[1], quantity=2)],
        "2",
    )
    (tally,) = door.land_incoming(workspace, NOW).tallies
    assert (tally.facts, tally.rejects) == (2, 1)
    assert [row["quantity"] for row in of_source(workspace, "events", "product", "m-1", "m-2", "m-3")] == [None, 2.0]


def test_a_row_waits_for_its_account_and_comes_with_all_that_it_said(company: Company, workspace: Workspace) -> None:
    put(company, "events", "api", [event("m-1", "NEW", properties={"plan": "pro"})], "1")
    assert door.land_incoming(workspace, NOW).accounts == ()
    put(
        company,
        "accounts",
        "api",
        [{"account_id": "NEW", "name": "Newcomer", "received_at": "2026-07-01T12:40:00Z"}],
        "2",
    )
    assert door.land_incoming(workspace, NOW).accounts == ("NEW",)
    (row,) = of_source(workspace, "events", "api", "m-1")
    assert (row["account_id"], row["properties.plan"]) == ("NEW", "pro")


def test_what_is_told_of_an_account_in_passing_leaves_the_rest_as_it_was(
    company: Company, workspace: Workspace, shop: tuple[str, str]
) -> None:
    account = shop[0]
    accounts = facts(workspace).scan("accounts").filter(pl.col("account_id") == account).collect()
    told = {"account_id": account, "name": "A new name", "received_at": "2026-07-01T12:40:00Z"}
    put(company, "accounts", "api", [told], "1")
    door.land_incoming(workspace, NOW)
    (row,) = of_source(workspace, "accounts", "api", account)
    (before,) = accounts.to_dicts()
    kept = ("started_on", "ended_on", "segment", "country", "parent_id", "test", "lifecycle")
    assert {name: row[name] for name in kept} == {name: before[name] for name in kept}
    assert row["name"] == "A new name"


def test_an_interrupted_landing_is_done_again_with_just_what_it_had(
    company: Company, workspace: Workspace, shop: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(company, "events", "product", [event("m-1", shop[1])], "1")
    with monkeypatch.context() as patched:
        patched.setattr(tray, "done", killed)
        with pytest.raises(KeyboardInterrupt):
            door.land_incoming(workspace, NOW)
    put(company, "events", "product", [event("m-2", shop[1])], "2")
    (tally,) = door.land_incoming(workspace, NOW).tallies
    assert (tally.rows_in, tally.duplicates) == (1, 1)
    assert tray.is_waiting(company)
    door.land_incoming(workspace, NOW)
    assert len(of_source(workspace, "events", "product", "m-1", "m-2")) == 2


def test_a_landing_that_is_killed_while_files_are_moved_loses_none(
    company: Company, workspace: Workspace, shop: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        put(company, "events", "product", [event(f"m-{number}", shop[1])], str(number))
    with monkeypatch.context() as patched:
        patched.setattr(tray, "make_durable", killed)
        patched.setattr("pathlib.Path.rename", third_time_killed())
        with pytest.raises(KeyboardInterrupt):
            tray.taken(company)
    assert tray.is_waiting(company)
    while tray.is_waiting(company):
        door.land_incoming(workspace, NOW)
    assert len(of_source(workspace, "events", "product", "m-0", "m-1", "m-2")) == 3


def test_a_contact_logged_at_the_desk_becomes_a_fact_once_and_nobody_was_not_looking_before(
    company: Company, workspace: Workspace, aiko: Membership, shop: tuple[str, str]
) -> None:
    account = Account.everywhere.create(workspace=workspace, account_id=shop[0], name="Shop")
    touch = Touchpoint.everywhere.create(
        workspace=workspace, account=account, user=aiko.user, channel="phone", direction="in", occurred_at=AT,
        logged_at=NOW, note="They like it",
    )  # fmt: skip
    assert door.land_incoming(workspace, NOW).accounts == (shop[0],)
    assert door.land_incoming(workspace, NOW).number == 0
    (row,) = of_source(workspace, "touchpoints", "desk", f"desk-{touch.pk}")
    assert (row["user"], row["channel"], row["direction"], row["note"]) == ("aiko", "phone", "in", "They like it")
    touch.refresh_from_db()
    assert touch.landed_at is not None
    days = facts(workspace).first_days["touchpoints"]
    assert days["desk"] == days["touchpoints"]


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def third_time_killed() -> Any:
    from pathlib import Path

    rename, times = Path.rename, [0]

    def renamed(path: Path, target: Path) -> Path:
        times[0] += 1
        return rename(path, target) if times[0] < 3 else killed()  # type: ignore[return-value]

    return renamed


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)


@given(row=st.dictionaries(st.sampled_from([*TABLES["events"].columns, "received_at", "stray", "_file"]), JSON))
def test_a_line_has_columns_of_its_table_and_flat_properties_and_nothing_else(row: Mapping[str, Any]) -> None:
    told = flat(row, "events")
    columns = {*TABLES["events"].columns, "received_at"} - {"properties"}
    assert {name for name in told if not name.startswith("properties.")} == columns & set(row)
    assert not any(isinstance(value, dict | list) for name, value in told.items() if name.startswith("properties."))
