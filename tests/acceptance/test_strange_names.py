"""Names of every kind go through all outputs unharmed and harmless: files, sheets, pages, terminals."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from html.parser import HTMLParser

import polars as pl
import pytest
from openpyxl import load_workbook

from tests.acceptance.conftest import USAGE, Folder

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # of openpyxl

STRANGE = {
    "a/b/../c": "Slashes \\ and ../..",
    'it\'s "quoted"': 'O\'Hara & "Söhne"',
    "two\nlines": "first\nsecond\r\nthird",
    "=cmd|' /C calc'!A0": '=HYPERLINK("http://evil","click")',
    "+1+1": "+SUM(A1:A9)",
    "@SUM(1)": "@import",
    "-2-3": "-1",
    "tab\tstop": "\t=1+1",
    "<script>alert(1)</script>": "<img src=x onerror=alert(1)>",
    "{{ 7*7 }}": "{% raw %}",
    "مقهى النيل": "شركة \u202eقهوة\u202c ١٢٣",
    "ร้านกาแฟ": "บริษัท บ้านสวน จำกัด",
    "😀👩‍👩‍👧": "🇹🇭 emoji",
    "x" * 10_000: "y" * 40_000,
    "\x1b[31mred": "bell \x07 and null-like ␀",
    "%s %n %d": "50 % off",
    "e\u0301": "é decomposed",
    "NaN": "null",
    "0012": "leading zeros",
    "1e5": "1E5",
    "C1,2": "comma, semicolon; tab\t",
}


class Scripts(HTMLParser):
    """Tags that run something, and how many there are."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts, self.handlers = 0, 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag in ("script", "iframe", "object", "embed")
        self.handlers += sum(name.startswith("on") for name, _ in attrs)


def written(rows: Iterable[tuple[str, ...]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


@pytest.fixture
def strange(folder: Folder) -> Folder:
    customers = [("id", "company", "since"), *((each, name, "2024-01-01") for each, name in STRANGE.items())]
    days = ["2025-04-01", *(f"2025-05-{day}" for day in range(10, 30))]
    usage = [("customer", "action", "at"), *((each, "login", day) for each in STRANGE for day in days)]
    folder.file("customers.csv", written(customers))
    folder.file("usage.csv", written(usage))
    assert folder.say("score").code == 0
    return folder


def test_every_name_comes_out_as_it_went_in(strange: Folder) -> None:
    snapshots = pl.read_delta(str(strange.root / "sabai-out" / "snapshots"))
    assert set(snapshots["account_id"]) == set(STRANGE)
    assert snapshots["score"].is_not_null().any()


def test_no_cell_of_a_csv_file_starts_a_formula(strange: Folder) -> None:
    for name in ("scores.csv", "rejects.csv"):
        for row in csv.DictReader(io.StringIO(strange.read(name), newline="")):
            for column, cell in row.items():
                assert cell[:1] not in ("=", "+", "@", "\t", "\r") or column is None, (name, column, cell)
                assert not cell.startswith("-") or cell[1:2].isdigit(), (name, column, cell)


def test_no_name_in_the_workbook_is_a_formula_or_a_link(strange: Folder) -> None:
    path = strange.root / "sabai-out" / "scores.xlsx"
    sheets = load_workbook(io.BytesIO(path.read_bytes()))
    formulas = [
        cell.value
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and isinstance(cell.value, str)
    ]
    assert formulas
    assert not [formula for formula in formulas if "HYPERLINK" in formula or "cmd" in formula or formula == "=1+1"]
    shown = {str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert {"ร้านกาแฟ", "مقهى النيل", "+1+1", "0012"} <= shown
    with zipfile.ZipFile(path) as packed:
        assert b"evil" not in b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".rels"))


def test_no_name_in_the_report_runs(strange: Folder) -> None:
    for lang in ("en", "ar"):
        assert strange.say("report", "--lang", lang).code == 0
        page = strange.read("report.html" if lang == "en" else "report.ar.html")
        found = Scripts()
        found.feed(page)
        assert (found.scripts, found.handlers) == (1, 0)
        assert "<img src=x" not in page
        assert "{{ 7*7 }}" in page


def test_every_account_can_be_asked_for(strange: Folder) -> None:
    for account in STRANGE:
        said = strange.say("explain", "--json", "--", account)
        assert said.code == 0
        assert said.json["explanation"]["account_id"] == account


def test_a_name_cannot_steer_the_terminal(strange: Folder) -> None:
    said = strange.say("explain", "--", "\x1b[31mred")
    assert said.code == 0
    assert "\x1b" not in said.out
    assert "␛[31mred" in said.out
    assert "\x1b" not in strange.say("explain", "\x1b[31mrad").err


def test_an_account_that_is_not_there_in_any_alphabet(folder: Folder) -> None:
    for name in ("", " ", "nobody", "x" * 10_000, "ไม่มี", "C1\n", "../C1", "c1"):
        said = folder.say("explain", "--json", "--", name)
        assert (said.code, said.json["issues"][0]["code"]) == (2, "CLI-005")
        assert json.dumps(said.json)


@pytest.mark.parametrize("name", ["our store", "ร้านกาแฟ", "متجر 100%", "a#1"])
def test_a_store_may_have_any_name(folder: Folder, name: str) -> None:
    assert folder.say("land", ".", "--store", name).code == 0
    said = folder.say("score", name, "--definitions", "sabai.yaml", "--json")
    assert (said.code, said.json["accounts"]) == (0, 2)
    folder.file("usage.csv", USAGE + "C2,login,2025-05-24T09:00:00\n")
    assert folder.say("land", ".", "--store", name).code == 0
    said = folder.say("score", name, "--definitions", "sabai.yaml", "--json")
    assert [tally["facts"] for tally in said.json["tallies"] if tally["table"] == "events"] == [15]
