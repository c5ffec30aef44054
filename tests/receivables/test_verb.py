"""`sabai receivables` as a person and as a program call it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import polars as pl
import pytest

from tests.calling import Said, called
from tests.receivables.exports import write

Say = Callable[..., Said]
ROWS = {
    "invoices": """
1,=1+1,2026-04-01,2026-05-01,100.00,THB,
2,B,2026-06-10,2026-07-20,50.00,THB,
3,B,2026-06-12,,8.00,THB,
""",
    "payments": """
P1,1,=1+1,2026-05-03,40.00,THB,payment
P2,1,=1+1,2026-05-20,0,THB,reminder
P3,9,B,2026-06-28,5.00,THB,
""",
}
CALL = ("receivables", "books", "--as-of", "2026-07-01")


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    write(tmp_path / "books", **ROWS)
    monkeypatch.chdir(tmp_path)
    return partial(called, capsys)


def test_a_person_reads_who_owes_what_and_whom_to_remind(say: Say) -> None:
    said = say(*CALL, "--by", "account")
    assert said.code == 0
    assert "118.00 THB receivable when 2026-07-01 began." in said.out
    assert "Beside it: 5.00 THB that names no invoice." in said.out
    assert "Accounts past due: 1." in said.out
    assert "personal call: =1+1 (=1+1), 60.00, 1" in said.out
    assert "Said last: reminder no. 1, 2026-05-20." in said.out
    assert "RCV-020  Open invoices without a due day: 1, 8.00 THB." in said.err


def test_a_program_reads_cents(say: Say) -> None:
    told = say(*CALL, "--json", "--by", "account", "--months", "3").json
    assert (told["receivable_minor"], told["unapplied_minor"], told["currency"]) == (11_800, 500, "THB")
    assert told["ageing"]["61-90"] == 6_000
    assert {row["account_id"]: row["total"] for row in told["ageing_by"]} == {"=1+1": 6_000, "B": 5_800}
    assert [row["month"] for row in told["months"]] == ["2026-04-01", "2026-05-01", "2026-06-01"]
    assert told["months"][1]["why_unknown"] == "No sales in this month, so there is nothing to divide by."
    assert [issue["code"] for issue in told["issues"]] == ["RCV-010", "RCV-016", "RCV-020"]


def test_files_are_harmless_in_a_spreadsheet(say: Say, tmp_path: Path) -> None:
    say(*CALL)
    folder = tmp_path / "sabai-out" / "receivables"
    files = {path.stem: pl.read_csv(path, infer_schema=False) for path in folder.glob("*.csv")}
    assert {name: table.height for name, table in files.items()} == {
        "invoices": 3, "accounts": 2, "months": 3, "reminders": 2,
    }  # fmt: skip
    for name in ("invoices", "accounts", "reminders"):
        assert "'=1+1" in files[name]["account_id"].to_list()
        assert "=1+1" not in files[name]["account_id"].to_list()


def test_reminders_know_who_is_healthy(say: Say, tmp_path: Path) -> None:
    more = [f"{number},{chr(65 + number)},2026-04-01,2026-05-01,200.00,THB," for number in range(4, 9)]
    write(tmp_path / "books", invoices="\n".join([ROWS["invoices"].strip(), *more]), payments=ROWS["payments"])
    assert "personal call: =1+1" not in say(*CALL).out
    (tmp_path / "sabai-out" / "scores.csv").write_text(
        "account_id,as_of,score,band\n=1+1,2026-06-29,81,healthy\n=1+1,2026-07-06,12,unhealthy\n", encoding="utf-8"
    )
    assert "personal call: =1+1" in say(*CALL).out


def test_the_last_day_is_the_day_after_the_last_fact(say: Say) -> None:
    assert "receivable when 2026-06-29 began" in say("receivables", "books").out


def test_without_invoices_it_says_so(say: Say, tmp_path: Path) -> None:
    for name in ("invoices", "archive"):
        (tmp_path / "books" / f"{name}.csv").unlink()
    said = say(*CALL)
    assert said.code == 1
    assert "RCV-001  There are no invoices." in said.err
