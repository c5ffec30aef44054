"""Somebody is erased: no byte names them, they do not come back, and nobody else's numbers change."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from sabai.definitions.reader import read_definitions
from sabai.errors import FactsError
from sabai.facts.stored.erase import erase
from sabai.facts.stored.log import Log
from sabai.facts.stored.store import stored
from sabai.facts.stored.suppressed import Name
from tests.calling import Said, called

ACCOUNT, CONTACT, ADDRESS, TOOL = "CANARYACME", "canary-u77", "Anna.Canary@example.com", "canary-tool-9"
WORDS = "I am Ms Canarybird; call me"

DEFINITIONS = """\
sabai: 1
workspace: { name: Test, time_zone: UTC, currency: EUR }
sources:
  accounts: { files: accounts.csv, table: accounts, columns: { account_id: id, name: name, started_on: since, parent_id: parent } }
  contacts:
    files: contacts.csv
    table: contacts
    columns: { contact_id: id, account_id: account, name: name, email: mail }
  who: { files: who.csv, table: identities, columns: { source_name: tool, source_id: there, account_id: account, contact_id: contact } }
  owners: { files: owners.csv, table: owners, columns: { account_id: account, user: user } }
  goals: { files: goals.csv, table: goals, columns: { goal_id: id, account_id: account, text: text, agreed_on: day } }
  app:
    files: usage.csv
    table: events
    columns: { event_id: id, account_id: account, contact_id: who, name: what, occurred_at: at, properties.mail: mail }
  tool:
    files: tool.csv
    table: events
    columns: { event_id: id, account_id: { from: there, through: tool }, name: what, occurred_at: at }
  desk:
    files: tickets.csv
    table: tickets
    columns: { ticket_id: id, account_id: account, contact_id: who, opened_at: at, resolved_at: done, text: text, updated_at: changed }
    history: every
  survey:
    files: answers.csv
    table: responses
    columns:
      response_id: id
      account_id: account
      contact_id: who
      kind: { value: nps }
      asked_at: at
      answered_at: at
      score: score
      comment: comment
  calls:
    files: calls.csv
    table: touchpoints
    columns: { touchpoint_id: id, account_id: account, contact_id: who, user: user, occurred_at: at, note: note }
  bills:
    files: bills.csv
    table: invoices
    columns: { invoice_id: id, account_id: account, issued_on: at, due_on: due, amount_minor: amount, currency: { value: EUR } }
  paid:
    files: paid.csv
    table: payments
    columns: { payment_id: id, invoice_id: bill, occurred_at: at, amount_minor: amount, currency: { value: EUR } }
  praise:
    files: praise.csv
    table: advocacy
    columns: { advocacy_id: id, account_id: account, contact_id: who, kind: kind, referred_account_id: other, occurred_at: at }
metrics:
  logins: { count: events, window: 28d }
  people: { distinct: contact, of: events, window: 28d }
  open_tickets: { held: tickets.open }
  happy: { mean: responses.score, window: 90d }
  owed: { held: dues.unpaid }
health:
  bands: { cut: { healthy: 70, at_risk: 40 } }
  dimensions:
    usage:
      logins: { weight: 30, curve: { 0: 0, 20: 100 } }
      people: { weight: 30, curve: { 0: 0, 4: 100 } }
    support:
      open_tickets: { weight: 20, curve: { 0: 100, 5: 0 } }
    sentiment:
      happy: { weight: 20, curve: { 0: 0, 10: 100 } }
"""


def exports(folder: Path) -> Path:
    """Two customers, and the canaries in every table, in rows that land, that wait and that are rejected."""
    folder.mkdir(parents=True, exist_ok=True)
    days = [f"2025-05-{day:02}" for day in range(1, 29)]
    files = {
        "accounts.csv": ["id,name,since,parent", f"{ACCOUNT},Canary Acme,2024-01-01,", f"B,Bee,2024-01-01,{ACCOUNT}",
                         f"CANARYBAD,{ACCOUNT},not a day,"],
        "contacts.csv": ["id,account,name,mail", f"{CONTACT},B,Anna Canarybird,{ADDRESS}", "u2,B,Ben,ben@example.com",
                         f"canary-of-acme,{ACCOUNT},Carl Canaryman,carl@canaryacme.example"],
        "who.csv": ["tool,there,account,contact", f"tool,canary-tool-acme,{ACCOUNT},", f"tool,{TOOL},B,{CONTACT}",
                    "tool,t2,B,u2", f"domain,canaryacme.example,{ACCOUNT},"],
        "owners.csv": ["account,user", f"{ACCOUNT},sue", "B,tom"],
        "goals.csv": ["id,account,text,day", f"g1,{ACCOUNT},Save Canary money,2025-01-01", "g2,B,Grow,2025-01-01"],
        "usage.csv": ["id,account,who,what,at,mail",
                      *(f"e{n},{'B' if n % 3 else ACCOUNT},{CONTACT if n % 2 else 'u2'},login,{day},"
                        f"{ADDRESS.upper() if n % 2 else ''}" for n, day in enumerate(days)),
                      f"w1,C-unknown,{CONTACT},login,{days[3]},", f"r1,B,{CONTACT},login,nonsense {ADDRESS},"],
        "tool.csv": ["id,there,what,at", *(f"x{n},canary-tool-acme,click,{day}" for n, day in enumerate(days[::5])),
                     *(f"y{n},t2,click,{day}" for n, day in enumerate(days[::4]))],
        "tickets.csv": ["id,account,who,at,done,text,changed",
                        f"t1,B,{CONTACT},2025-05-01,,{WORDS},2025-05-01", f"t1,B,{CONTACT},2025-05-01,2025-05-09,{WORDS},2025-05-09",
                        f"t2,{ACCOUNT},,2025-05-01,,canary trouble,2025-05-01", f"t3,B,u2,2025-05-04,,ask {ADDRESS} please,2025-05-04",
                        f"t4,{ACCOUNT},,2025-05-01,,canary moves,2025-05-01", "t4,B,,2025-05-01,,moved,2025-05-12"],
        "answers.csv": ["id,account,who,at,score,comment", f"a1,B,{CONTACT},2025-05-05,3,{WORDS}", "a2,B,u2,2025-05-06,9,fine",
                        f"a3,{ACCOUNT},,2025-05-06,1,canary words", f"a4,B,{CONTACT},2025-05-05,99,{WORDS}"],
        "calls.csv": ["id,account,who,user,at,note", f"c1,B,{CONTACT},tom,2025-05-05,{WORDS}", f"c2,{ACCOUNT},,sue,2025-05-06,canary call",
                      f"c1,B,{CONTACT},tom,2025-05-06,another {WORDS}"],
        "bills.csv": ["id,account,at,due,amount", f"canary-bill,{ACCOUNT},2025-04-01,2025-05-01,100", "b2,B,2025-04-01,2025-05-01,70"],
        "paid.csv": ["id,bill,at,amount", "p1,canary-bill,2025-05-03,100", "p2,b2,2025-05-03,30"],
        "praise.csv": ["id,account,who,kind,other,at", f"k1,B,{CONTACT},referral,{ACCOUNT},2025-05-05", f"k2,{ACCOUNT},,review,,2025-05-05"],
    }  # fmt: skip
    for name, lines in files.items():
        (folder / name).write_text("\n".join([*lines, ""]))
    return folder


def words_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file as they lie there, and every cell and statistic of a Parquet file."""
    yield path.read_bytes()
    if path.suffix == ".parquet":
        file = pq.ParquetFile(path)
        yield repr(file.read().to_pylist()).encode()
        yield repr([file.metadata.row_group(n).to_dict() for n in range(file.metadata.num_row_groups)]).encode()


def found(folders: Iterable[Path], canaries: Iterable[str]) -> set[tuple[str, str]]:
    """(file, canary) of every canary that some byte says, whatever its capital letters."""
    return {
        (str(path), canary)
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
        for told in words_of(path)
        for canary in canaries
        if canary.lower().encode() in told.lower() or canary.lower() in str(path).lower()
    }


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


CASES = {
    "account": (["--account", ACCOUNT], [ACCOUNT, "canary-tool-acme", "canaryacme.example", "carl", "canary words", "canary-bill",
                                         "canary call", "canary trouble", "Canary Acme", "canary moves", "Canary money"]),
    "contact": (["--contact", CONTACT], [CONTACT, ADDRESS, TOOL, "Canarybird"]),
    "email": (["--email", ADDRESS.lower()], [CONTACT, ADDRESS, TOOL, "Canarybird"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
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


@pytest.mark.parametrize("stop", ["commit", "log", "files"])
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
