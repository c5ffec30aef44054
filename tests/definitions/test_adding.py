"""A source is added to a file that somebody wrote, and not a letter of theirs is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.definitions.adding import with_source
from sabai.definitions.lines import read_lines
from sabai.definitions.model import ColumnMap, Source
from sabai.definitions.reader import read_text
from sabai.definitions.starter import starter
from sabai.errors import DefinitionsError

FILE = Path("sabai.yaml")
COLUMNS = {
    "invoice_id": ColumnMap(("No.",)),
    "account_id": ColumnMap(("ลูกค้า",)),
    "issued_on": ColumnMap(("Date: issued",), format="%d/%m/%Y"),
    "amount_minor": ColumnMap(("Amount",), unit="major", thousands=","),
}
BILLS = Source("bills", ("bills*.csv",), "invoices", COLUMNS)
WRITTEN = [
    "sabai: 1\n",
    "sabai: 1",
    "sources:\nsabai: 1\n",
    "sources:   # none yet",
    "sources: {}\nsabai: 1\n",
    "sources: { a: { files: x, table: events, columns: { a: b } } }  # short\nsabai: 1",
    "sources:\n    a:\n        files: x  # ours\n        columns: {\n          a: b\n        } # z\n\n# n\nhealth: 1\n",
    "sources:\n  a: |\n    x\n    y\nhealth: 1\n",
    "x: &x\n  files: y\nsources:\n  a: *x\nhealth: { sources: 1 }\n",
]


def test_all_that_stood_there_stands_there_still() -> None:
    text = starter("Lanna")
    added = with_source(text, FILE, BILLS)
    begins = added.index("  bills:\n")
    length = len(added) - len(text)
    assert added[:begins] + added[begins + length :] == text
    assert added[begins:][:length].count("\n") == 8

    source = read_text(added, FILE).sources["bills"]
    assert (source.files, source.table) == (BILLS.files, BILLS.table)
    assert {name: (one.columns, one.format, one.unit, one.thousands) for name, one in source.columns.items()} == {
        name: (one.columns, one.format, one.unit, one.thousands) for name, one in COLUMNS.items()
    }
    assert list(read_text(added, FILE).sources) == [*read_text(text, FILE).sources, "bills"]


@pytest.mark.parametrize("text", WRITTEN)
def test_however_it_was_written(text: str) -> None:
    added = with_source(text, FILE, BILLS)
    root = read_lines(added, "sabai.yaml")
    assert root.section("sources").section("bills").section("columns").text("account_id") == "ลูกค้า"
    assert root.section("sources").names()[-1] == "bills"
    assert [name for name in root.names() if name != "sources"] == [
        name for name in read_lines(text, "sabai.yaml").names() if name != "sources"
    ]
    for comment in ("# none yet", "# short", "# ours", "# end", "# next"):
        assert added.count(comment) == text.count(comment)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20))
def test_a_foreign_column_may_be_called_anything(name: str) -> None:
    added = with_source("sabai: 1\n", FILE, Source("bills", (name,), "invoices", {"invoice_id": ColumnMap((name,))}))
    source = read_lines(added, "sabai.yaml").section("sources").section("bills")
    assert source.text("files") == name
    assert source.section("columns").text("invoice_id") == name


def test_what_cannot_be_read_is_not_added_to() -> None:
    with pytest.raises(DefinitionsError):
        with_source("sources: [", FILE, BILLS)
