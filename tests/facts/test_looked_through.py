"""What is only looked through, because it is faster, tells the same as looking at every value."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.facts import order
from sabai.facts.bare import may_have_blanks_around, may_have_nul
from sabai.facts.catalogue import TABLES
from sabai.facts.readers import separated
from sabai.facts.readers.plain import Looked
from sabai.facts.times import instants

TEXTS = st.lists(st.none() | st.text(" \t\u00a0\u3000\0aé", max_size=3), max_size=6)


@given(TEXTS, st.integers(0, 3))
def test_no_blank_around_and_no_nul_is_overlooked(texts: list[str | None], first: int) -> None:
    text = pl.Series(texts, dtype=pl.String).slice(first)
    assert may_have_blanks_around(text) or text.str.strip_chars().equals(text, null_equal=True)
    assert may_have_nul(text) == bool(text.str.contains("\0", literal=True).any())


def test_most_text_is_taken_as_it_is() -> None:
    assert not may_have_blanks_around(pl.Series(["login", None, "two words", "a"]))


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 1000])
@pytest.mark.parametrize(
    ("content", "even"),
    [
        ("a,b,c\n1,2,3\n4,5,6\n", True),
        ("a,b,c\n1,2,3\n4,5,6", True),
        ("a,b,c\r\n1,,\r\n4,5,6", True),
        ("\ufeffa,b,c\nก,ข,ค\n", True),
        ("a,b,c\n1,2\n4,5,6,7\n", False),
        ("a,b,c\n1,2,3,\n", False),
        ("a,b,c\n1,2,3\n\n4,5,6\n", False),
        ("a,b,c\n1,2,3\r4,5,6\n", False),
        ("a,b,c\n1,2,3\r\n4,5,6\n", False),
        ("a,b,c\n1,2,3\n4,5", False),
    ],
)
def test_whether_every_row_has_as_many_fields(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, even: bool, chunk: int
) -> None:
    monkeypatch.setattr(separated, "CHUNK", chunk)
    file = tmp_path / "x.csv"
    file.write_bytes(content.encode())
    assert separated._is_even(Looked(file), ",", 3) is even


@given(st.lists(st.tuples(st.none() | st.sampled_from("abc"), st.none() | st.integers(0, 2), st.sampled_from("xy"))))
def test_rows_that_tie_are_sorted_by_source_and_key(few: list[tuple[str | None, int | None, str]]) -> None:
    rows = pl.DataFrame(
        [(*each, str(number)) for number, each in enumerate(few)],
        schema={"account_id": pl.String, "occurred_at": pl.Int64, "source": pl.String, "key": pl.String},
        orient="row",
    ).with_columns(pl.col("occurred_at").cast(pl.Datetime("us", "UTC")), pl.lit(1, pl.Int32).alias("landed"))
    rows = rows.sample(fraction=1, shuffle=True, seed=7)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(order, "_SMALL", -1)
        assert order.in_order(rows, TABLES["events"]).equals(rows.sort("account_id", "occurred_at", "source", "key"))


@pytest.mark.parametrize("turned", [False, True])
def test_a_file_may_write_its_times_in_several_ways(turned: bool) -> None:
    """Whichever stands first."""
    texts = ["2024-01-02T03:04:05.5Z", "2024-01-02 03:04:05.5", "2024-01-02T05:04:05.5+02:00", "no time", None]
    read = instants(pl.Series(texts[::-1] if turned else texts), None, "UTC").dt.epoch("ms").to_list()
    assert (read[::-1] if turned else read) == [1704164645500] * 3 + [None] * 2
