"""Pictures of money: bars as long as their numbers, lines where the values are, gaps where nothing is known."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.intervals import Interval
from sabai.language.language import speak
from sabai.report.money.axes import nice
from sabai.report.money.drawn import Drawn, Series
from sabai.report.money.in_rows import bars, rows, steps
from sabai.report.money.over_time import course, flows

EN = speak("en")
UNKNOWN = Interval(float("nan"), float("nan"), float("nan"))


def found(drawn: Drawn, tag: str, kind: str) -> list[ElementTree.Element]:
    tree = ElementTree.fromstring(f"<g>{drawn.shapes}</g>")
    return [each for each in tree.iter(tag) if each.get("class") == kind]


def sides(drawn: Drawn, kind: str, side: str) -> list[float]:
    return [float(each.get(side) or "nan") for each in found(drawn, "rect", kind)]


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9))
def test_ticks_are_round_even_and_hold_everything(low: int, wide: int) -> None:
    ticks = nice(low, low + wide)
    step = ticks[1] - ticks[0]
    assert ticks[0] <= low + step * 1e-6
    assert ticks[-1] >= low + wide - step * 1e-6
    assert all(later - sooner == pytest.approx(step) for sooner, later in pairwise(ticks))
    assert 2 <= len(ticks) <= 9


def test_what_came_stands_above_and_what_went_below() -> None:
    up, down = Series("new", "came", [10.0, 0.0, 30.0]), Series("churn", "left", [0.0, 20.0, 10.0])
    drawn = flows(["a", "b", "c"], [up], [down], str, EN)
    came, left = sides(drawn, "came", "height")[:-1], sides(drawn, "left", "height")[:-1]
    assert came[1] == pytest.approx(3 * came[0], abs=0.2)
    assert left[0] == pytest.approx(2 * left[1], abs=0.2)
    ground = sides(drawn, "came", "y")[0] + came[0]
    assert sides(drawn, "left", "y")[0] == pytest.approx(ground, abs=0.11)


@pytest.mark.parametrize("series", [[], [Series("new", "came", [0.0])]], ids=["none", "nothing"])
def test_where_nothing_moved_there_is_a_line(series: list[Series]) -> None:
    drawn = flows(["a"], series, [], str, EN)
    assert "nan" not in drawn.shapes
    assert found(drawn, "path", "whisker")


def test_an_unknown_rate_is_a_gap() -> None:
    known = Interval(0.5, 0.4, 0.6)
    drawn = course(list("abcd"), [("lost", "curve", [known, known, UNKNOWN, known])], str, EN)
    assert len(found(drawn, "path", "curve")) == 2
    assert len(found(drawn, "circle", "dot")) == 1
    assert "nan" not in drawn.shapes


def test_steps_begin_where_the_one_before_ended() -> None:
    named = [
        ("then", "ground", 100.0, ""),
        ("new", "came", 50.0, ""),
        ("churn", "left", -30.0, ""),
        ("now", "ground", 120.0, ""),
    ]
    drawn = steps(named, EN)
    [came], [came_wide] = sides(drawn, "came", "x"), sides(drawn, "came", "width")
    [left], [left_wide] = sides(drawn, "left", "x"), sides(drawn, "left", "width")
    then, now = sides(drawn, "ground", "width")
    assert came == pytest.approx(then, abs=0.11)
    assert came + came_wide == pytest.approx(left + left_wide, abs=0.11)
    assert left == pytest.approx(now, abs=0.11)


def test_bars_are_as_long_as_their_part_of_the_longest() -> None:
    long, short = sides(bars([("a", 8.0, ""), ("b", 2.0, "")], EN), "solid", "width")
    assert long == pytest.approx(4 * short, abs=0.2)
    assert bars([], EN).shapes == ""


def test_a_row_of_which_nothing_is_known_has_no_bar() -> None:
    drawn = rows([("a", Interval(0.5, 0.4, 0.6), ""), ("b", UNKNOWN, "")], str, EN, 1.0, 0.7)
    assert len(found(drawn, "rect", "solid")) == 1
    assert len(found(drawn, "rect", "track")) == 2
