"""What stands in the address of a list: whatever somebody writes there is read, and written back as the same list."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from sabai.desk.portfolio.columns import COLUMNS, SORTS
from sabai.desk.portfolio.wanted import HERE, MARKS, SIZES, TEXTS, Wanted
from sabai.health.scores import BANDS

VALUES = st.text(max_size=20) | st.sampled_from(
    ["1", "-1", "60", "9" * 30, "me", "٣", "²", *SORTS, *HERE, *BANDS, *COLUMNS]
)
NAMES = st.sampled_from(
    ["q", "band", *TEXTS, "renews", "silent", *MARKS, "here", "sort", "column", "size", "page", "x"]
)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=12))
def test_any_address_is_a_list_and_its_own_address_is_the_same_list(pairs: list[tuple[str, str]]) -> None:
    asked = QueryDict(mutable=True)
    for name, value in pairs:
        asked.appendlist(name, value)
    wanted = Wanted.read(asked)
    assert Wanted.read(QueryDict(wanted.query(page=wanted.page))) == wanted
    assert wanted.size in SIZES
    assert wanted.column


def test_nothing_asked_is_nothing_written() -> None:
    assert Wanted.read(QueryDict("")).query() == ""


@pytest.mark.parametrize("sort", ["--score", "score;drop", "-", "owner__password"])
def test_only_columns_sort(sort: str) -> None:
    assert Wanted.read(QueryDict(f"sort={sort}")).sort == "band"


def test_a_band_is_added_and_taken_away_again() -> None:
    wanted = Wanted(band=("at_risk",), page=3)
    assert wanted.toggled("unknown") == "band=at_risk&band=unknown"
    assert wanted.toggled("at_risk") == ""


def test_a_filter_is_taken_away_and_the_others_stay() -> None:
    wanted = Wanted(q="cafe", band=("healthy", "unknown"), fell=True, sort="-score")
    assert wanted.without("q") == "band=healthy&band=unknown&fell=1&sort=-score"
    assert wanted.without("band", "healthy") == "q=cafe&band=unknown&fell=1&sort=-score"


def test_a_second_click_turns_the_order_around() -> None:
    assert Wanted().sorted_by("revenue") == "sort=-revenue"
    assert Wanted(sort="-revenue").sorted_by("revenue") == "sort=revenue"
    assert Wanted(sort="revenue").sorted_by("revenue") == "sort=-revenue"
