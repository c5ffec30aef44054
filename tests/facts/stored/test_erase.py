"""Somebody is erased: no byte names them, they do not come back, and nobody else's numbers change."""

from __future__ import annotations

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from deltalake import DeltaTable

from sabai.definitions.reader import read_definitions
from sabai.errors import FactsError
from sabai.facts.stored.erase import erase
from sabai.facts.stored.log import Log
from sabai.facts.stored.store import stored
from sabai.facts.stored.suppressed import Name
from tests.calling import Said, called
from tests.facts.stored.bench import Growing, by_account, meaning, source_of
from tests.facts.stored.canaries import ACCOUNT, CASES, CONTACT, DEFINITIONS, exports, found


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in two landings, its scores, the first also in a folder of what was known on a day."""
    folder = tmp_path_factory.mktemp("company")
    exports(folder / "exports")
    (folder / "sabai.yaml").write_text(DEFINITIONS)
    later = folder / "later"
    later.mkdir()
    (later / "usage.csv").write_text(
        f"id,account,who,what,at,mail\nz1,B,{CONTACT},login,2025-06-02,\nz2,{ACCOUNT},,login,2025-06-02,\nz3,B,u2,x,2025-06-02,\n"
    )
    return folder


@pytest.fixture
def company(landed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "company"
    if not (landed / "store").exists():
        monkeypatch.chdir(landed)
        for words in (
            ["land", "exports"], ["score", "store", "--as-of", "2025-05-12"], ["land", "later"],
            ["score", "store", "--as-of", "2025-06-09", "--as-of", "2025-05-12"], ["score", "exports", "--out", "out2"],
        ):  # fmt: skip
            more = ["--store", "store"] if words[0] == "land" else []
            said = called(capsys, *words, *more, "--definitions", "sabai.yaml")
            assert said.code == 0, said.err
    shutil.copytree(landed, folder)
    monkeypatch.chdir(folder)
    return folder


def scores(out: Path) -> pl.DataFrame:
    return pl.read_delta(str(out / "snapshots")).filter(account_id="B").drop("computed_at").sort("as_of")


def score(capsys: pytest.CaptureFixture[str], out: str) -> Said:
    days = ["--as-of", "2025-05-12", "--as-of", "2025-06-09"]
    return called(capsys, "score", "store", "--definitions", "sabai.yaml", *days, "--out", out)


def touched(folder: Path) -> None:
    for path in (folder / "exports").iterdir():
        os.utime(path, (2e9, 2e9))


@pytest.mark.parametrize("case", ["account", "contact", pytest.param("email", marks=pytest.mark.long)])
def test_no_byte_of_store_and_results_names_them_and_they_do_not_come_back(
    company: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    asked, canaries = CASES[case]
    places = [company / name for name in ("store", "sabai-out", "out2")]
    assert {canary for _, canary in found(places, canaries)} == set(canaries)
    before = scores(company / "sabai-out")
    for out in ("sabai-out", "out2"):
        said = called(capsys, "erase", "store", *asked, "--out", out)
        assert said.code == 0, said.err
    assert not found(places, canaries)
    assert scores(company / "sabai-out").equals(before)
    assert score(capsys, "again").code == 0
    assert scores(company / "again").equals(before)
    touched(company)
    again = called(capsys, "land", "exports", "--store", "store", "--definitions", "sabai.yaml", "--json")
    assert again.code == 0, again.err
    tallies = {tally["table"]: tally for tally in again.json["tallies"]}
    assert sum(tally["facts"] + tally["versions"] for tally in tallies.values()) == 0, tallies
    assert sum(tally["rejects"] for tally in tallies.values()) > 5
    assert not found(places[:1], canaries)
    assert score(capsys, "third").code == 0
    assert scores(company / "third").equals(before)
    assert not found([company / "third"], canaries)
    strict = called(capsys, "land", "later", "--strict", "--store", "store", "--definitions", "sabai.yaml")
    assert strict.code == 0, strict.err


def test_counts_of_all_landings_hold_and_the_receipt_names_nobody(company: Path) -> None:
    store = company / "store"
    was = stored(read_definitions(company / "sabai.yaml"), store)
    events = was.scan("events").collect().height
    erased = erase(store, Name("account", ACCOUNT), datetime(2026, 1, 1, tzinfo=UTC))
    now = stored(read_definitions(company / "sabai.yaml"), store)
    assert now.account_ids == ("B",)
    for before, after in zip(was.tallies, now.tallies, strict=True):
        assert after.holds
        assert after.rows_in == before.rows_in
        assert min(after.facts, after.versions, after.waiting, after.conflicts, after.rejects) >= 0
    rows = {tally.table: tally.facts for tally in now.tallies}
    assert rows["events"] == now.scan("events").collect().height
    receipt = json.loads(erased.receipt.read_text())
    assert receipt["rows_gone"]["events"] == events - rows["events"]
    assert (receipt["of"], len(receipt["what"])) == ("account", 32)


def test_people_of_the_past_stay_countable(company: Path) -> None:
    store, definitions = company / "store", read_definitions(company / "sabai.yaml")
    was = stored(definitions, store).scan("events").collect()
    erase(store, Name("contact", CONTACT), datetime(2026, 1, 1, tzinfo=UTC))
    now = stored(definitions, store).scan("events").collect()
    assert now.height == was.height
    assert now["contact_id"].n_unique() == was["contact_id"].n_unique()
    assert now.group_by("contact_id").len()["len"].sort().equals(was.group_by("contact_id").len()["len"].sort())
    tickets = stored(definitions, store).scan("tickets").sort("key", "updated_at").collect()
    told = tickets.filter(pl.col("contact_id").str.starts_with("erased-").fill_null(False))
    assert told["text"].to_list() == [None, None]
    assert tickets.filter(key="t3")["text"].item() == "ask erased please"


def test_nobody_of_that_name_changes_nothing_and_the_same_again_is_fine(
    company: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Log(company / "store").entries()
    with pytest.raises(FactsError) as raised:
        erase(company / "store", Name("account", "nobody"), datetime(2026, 1, 1, tzinfo=UTC))
    assert raised.value.issues[0].code == "FCT-204"
    assert Log(company / "store").entries() == before
    assert not (company / "store" / "suppressed.json").exists()
    for _ in range(2):
        assert called(capsys, "erase", "store", "--contact", CONTACT).code == 0
    assert called(capsys, "erase", "store").code == 2
    assert called(capsys, "erase", "store", "--contact", "a", "--account", "b").code == 2
    assert called(capsys, "erase", "exports", "--account", ACCOUNT).code == 1


@pytest.mark.parametrize("stop", ["log", "files", pytest.param("commit", marks=pytest.mark.long)])
def test_interrupted_it_changes_nothing_or_is_finished_by_the_same_again(
    company: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], stop: str
) -> None:
    """As kill -9 would: nothing is tidied up behind it."""

    class Killed(BaseException):
        pass

    def killed(*_: object, **__: object) -> None:
        raise Killed

    definitions, store = read_definitions(company / "sabai.yaml"), company / "store"
    was = stored(definitions, store).scan("events").sort("key").collect()
    where = {
        "commit": "sabai.facts.stored.erase.suppressed.add",
        "log": "sabai.facts.stored.log.Log.add",
        "files": "sabai.store.delta.OpenTable.forget_files",
    }[stop]
    with monkeypatch.context() as patched:
        patched.setattr(where, killed)
        patched.setattr("sabai.facts.stored.unfinished._tidy", killed)
        with pytest.raises(Killed):
            erase(store, Name("account", ACCOUNT), datetime(2026, 1, 1, tzinfo=UTC))
    if stop != "files":
        assert stored(definitions, store).scan("events").sort("key").collect().equals(was)
        (company / "later" / "usage.csv").write_text("id,account,who,what,at,mail\nzz,B,u2,x,2025-06-03,\n")
        assert called(capsys, "land", "later", "--store", "store", "--definitions", "sabai.yaml").code == 0
        assert stored(definitions, store).scan("events").collect().height == was.height + 1
    assert called(capsys, "erase", "store", "--account", ACCOUNT).code == 0
    assert not found([store], CASES["account"][1])
    for log in store.rglob("_delta_log"):
        DeltaTable(log.parent).to_pyarrow_table()


@pytest.mark.parametrize("kind", ["contact", "email"])
def test_people_who_are_known_by_their_address_alone(tmp_path: Path, kind: str) -> None:
    store = Growing(tmp_path, meaning(source_of("events")))
    day = {"account_id": "ant", "name": "login", "occurred_at": "2024-01-05", "received_at": "2024-01-05"}
    people = ["ann@x.org", "bob@x.org", "ann@x.org"]
    rows = [{**day, "event_id": str(n), "contact_id": who} for n, who in enumerate(people)]
    data = store.exports({"events": rows})
    store.again(data)
    before = by_account(store.facts, store.definitions)
    erase(store.store, Name(kind, "ann@x.org"), datetime(2026, 1, 1, tzinfo=UTC))
    assert not found([store.store], ["ann@x.org"])
    np.testing.assert_array_equal(by_account(store.facts, store.definitions).values["people"], before.values["people"])
    assert store.facts.scan("events").collect()["contact_id"].n_unique() == 2
    os.utime(data / "events.csv", (2e9, 2e9))
    (tally,) = store.again(data).tallies
    assert (tally.duplicates, tally.rejects) == (1, 2)
