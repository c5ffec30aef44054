"""Files that cannot be read, or not wholly: the command says which, why, and what to do; what can be kept is kept."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tests.acceptance.conftest import CUSTOMERS, HEADER, USAGE, Folder

USAGE_IN = "files: usage.csv"
ROWS = HEADER + "".join(f"C{n % 2 + 1},login,2025-05-{n % 28 + 1:02d}T09:00:00\n" for n in range(5000))


def refused(folder: Folder, code: str, *words: str) -> str:
    """What is said instead of a score, which must have four parts; nothing was written."""
    said = folder.say("score", *words, "--json")
    (issue, *_) = said.json["issues"]
    assert (said.code, issue["code"]) == (1, code)
    assert all(issue.values())
    assert not (folder.root / "sabai-out" / "scores.csv").exists()
    assert not (folder.root / "sabai-out" / "facts").exists()
    return " ".join(issue.values())


def test_a_folder_with_nothing_known_in_it(folder: Folder) -> None:
    folder.mean(("customers.csv", "kunden.csv"), ("usage.csv", "nutzung.csv"))
    told = refused(folder, "FCT-001")
    for name in ("kunden.csv", "nutzung.csv", "customers.csv", "usage.csv"):
        assert name in told


@pytest.mark.parametrize("content", ["", "\n\n\n", "\ufeff"])
def test_an_empty_file(folder: Folder, content: str) -> None:
    folder.file("usage.csv", content)
    assert "usage.csv" in refused(folder, "FCT-004")


@pytest.mark.parametrize(("name", "part"), [("usage.parquet", 0.5), ("usage.parquet", 0.02), ("usage.csv.gz", 0.5)])
def test_a_file_cut_in_the_middle(folder: Folder, name: str, part: float) -> None:
    rows = pl.read_csv(ROWS.encode())
    whole = folder.root / name
    rows.write_parquet(whole) if name.endswith("parquet") else whole.write_bytes(gzip.compress(ROWS.encode()))
    folder.mean((USAGE_IN, f"files: {name}"))
    assert folder.say("facts").code == 0
    whole.write_bytes(whole.read_bytes()[: int(whole.stat().st_size * part)])
    for out in (folder.root / "sabai-out").iterdir():
        out.rename(out.with_name("before"))
    assert name in refused(folder, "FCT-005")


def test_a_csv_cut_in_a_row_loses_that_row_only(folder: Folder) -> None:
    folder.file("usage.csv", ROWS.encode()[: len(ROWS) // 2 - 25])
    said = folder.say("facts", "--json")
    events = next(tally for tally in said.json["tallies"] if tally["table"] == "events")
    assert (said.code, events["rejects"]) == (0, 1)
    assert events["rows_in"] == ROWS[: len(ROWS) // 2 - 25].count("\n")
    assert events["waiting"] == 0


ALPHABETS = [
    ("Thai", "cp874", "ร้านกาแฟบ้านสวน"),
    ("Thai", "tis-620", "เข้าสู่ระบบ"),
    ("Japanese", "shift_jis", "ログイン画面を開いた"),
    ("Japanese", "euc_jp", "ログイン画面を開いた"),
    ("Arabic", "cp1256", "تسجيل الدخول إلى المنصة"),
    ("French", "cp1252", "déjà vu à côté"),
]


@pytest.mark.parametrize(("language", "encoding", "text"), ALPHABETS)
def test_another_encoding_is_named_with_its_byte_and_works_when_written(
    folder: Folder, language: str, encoding: str, text: str
) -> None:
    content = ROWS + f"C1,{text},2025-05-01T09:00:00\n" * 20
    folder.file("usage.csv", raw := content.encode(encoding))
    told = refused(folder, "FCT-006")
    first_strange = next(at for at, byte in enumerate(raw) if byte > 127)
    assert f"byte {first_strange} does not fit" in told
    assert "encoding: " in told
    folder.mean((USAGE_IN, f"files: usage.csv, encoding: {encoding}"))
    assert folder.say("facts").code == 0
    names = pl.read_parquet(folder.root / "sabai-out/facts/events.parquet")["name"]
    assert text in set(names)


@pytest.mark.parametrize(("encoding", "text"), [(encoding, text * 3) for _, encoding, text in ALPHABETS])
def test_the_encoding_that_is_proposed_is_one_that_reads_the_text(folder: Folder, encoding: str, text: str) -> None:
    folder.file("usage.csv", content := (HEADER + f"C1,{text},2025-05-01T09:00:00\n" * 50).encode(encoding))
    proposed = refused(folder, "FCT-006").partition("for example encoding: ")[2].split(",")[0]
    assert content.decode(proposed) == content.decode(encoding)


def test_an_encoding_that_does_not_exist(folder: Folder) -> None:
    folder.mean((USAGE_IN, "files: usage.csv, encoding: thaiascii"))
    said = folder.say("check")
    assert said.code == 1
    assert "thaiascii" in said.err


def test_what_is_no_file_or_leads_nowhere(folder: Folder) -> None:
    (folder.root / "usage.csv").unlink()
    (folder.root / "usage.csv").mkdir()
    assert "usage.csv" in refused(folder, "FCT-010")
    (folder.root / "usage.csv").rmdir()
    (folder.root / "usage.csv").symlink_to("nowhere.csv")
    assert "usage.csv" in refused(folder, "FCT-017")


def sheet(path: Path, rows: list[list[object]], merged: str = "") -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        if merged:
            page.merge_range(0, 0, 0, 2, merged)
        for number, cells in enumerate(rows, start=1 if merged else 0):
            for column, cell in enumerate(cells):
                page.write(number, column, cell)


def test_a_workbook_with_an_empty_sheet(folder: Folder) -> None:
    sheet(folder.root / "usage.xlsx", [])
    folder.mean((USAGE_IN, "files: usage.xlsx"))
    assert "usage.xlsx" in refused(folder, "FCT-004")


def test_a_workbook_with_a_merged_title_above_its_header(folder: Folder) -> None:
    sheet(folder.root / "usage.xlsx", [["customer", "action", "at"], ["C1", "login", "2025-05-01"]], merged="May")
    folder.mean((USAGE_IN, "files: usage.xlsx"))
    told = refused(folder, "FCT-003")
    assert "customer" in told
    assert "May" in told


def test_a_workbook_with_formulas_gives_what_they_showed(folder: Folder) -> None:
    with xlsxwriter.Workbook(folder.root / "usage.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["customer", "action", "at"])
        page.write_formula(1, 0, '="C"&1', None, "C1")
        page.write_row(1, 1, ["login", "2025-05-01"])
        page.write_formula(2, 0, "=1/0", None, "#DIV/0!")
        page.write_row(2, 1, ["login", "2025-05-01"])
    folder.mean((USAGE_IN, "files: usage.xlsx"))
    assert folder.say("facts").code == 0
    accounts = pl.read_parquet(folder.root / "sabai-out/facts/events.parquet")["account_id"].to_list()
    assert "C1" in accounts


def test_a_header_with_a_byte_order_mark_spaces_and_a_name_twice(folder: Folder) -> None:
    header = HEADER.replace("customer,", " customer ,note,note,")
    folder.file("usage.csv", f"\ufeff{header}C1,a,b,login,2025-05-01\n")
    assert folder.say("score").code == 0


def test_rows_that_are_blank_ragged_or_hold_nul_bytes(folder: Folder) -> None:
    folder.file("usage.csv", USAGE + "C1,login\nC1,login,2025-05-01,and,more\nC1,lo\0gin,2025-05-02\n\n\n   \n\n")
    said = folder.say("score", "--json")
    events = next(tally for tally in said.json["tallies"] if tally["table"] == "events")
    assert said.code == 0
    assert events["rows_in"] == events["facts"] + events["rejects"]
    assert events["rejects"] in (3, 4)
    assert folder.read("rejects.csv").count("\n") == events["rejects"] + 1


@pytest.mark.parametrize("value", ["1e400", "-1e400", "NaN", "inf", "1e-400", "9" * 400, "0x10", "١٢٣", "1,000", "--1"])
def test_a_number_that_is_none_is_set_aside_and_never_counted(folder: Folder, value: str) -> None:
    folder.mean(
        ("occurred_at: at }", "occurred_at: at, value: worth }"),
        ("  last_seen: { days", "  worth: { sum: events.value, window: 28d }\n  last_seen: { days"),
        ("      logins:", "      worth: { weight: 60, curve: { 0: 0, 9: 100 } }\n      logins:"),
    )
    folder.file("usage.csv", f'customer,action,at,worth\nC1,login,2025-05-01,"{value}"\nC1,login,2025-05-20,5\n')
    said = folder.say("score", "--as-of", "2025-05-21", "--json")
    assert said.code == 0
    events = next(tally for tally in said.json["tallies"] if tally["table"] == "events")
    assert events["rows_in"] == 2 == events["facts"] + events["rejects"]
    assert "inf" not in folder.read("scores.csv").lower()
    assert "nan" not in folder.read("scores.csv").lower()


@pytest.mark.parametrize(
    "day", ["9999-12-31", "0001-01-01", "2025-02-30", "10000-01-01", "1e9", "-5", "2025-05-01T25:00"]
)
def test_a_day_that_cannot_be_is_set_aside_or_harmless(folder: Folder, day: str) -> None:
    folder.file("usage.csv", USAGE + f"C1,login,{day}\n")
    folder.file("customers.csv", CUSTOMERS + f"C3,Late,{day}\n")
    said = folder.say("score", "--json")
    assert said.code == 0
    assert len(said.json["as_of"]) < 100
