"""Charts draw what they are given, mirrored where reading is, and say it to those who cannot see."""

from __future__ import annotations

import re

import numpy as np
import pytest

from sabai.report import charts

DAYS = np.array([0, 7, 14, 21], dtype=np.int32)
NAN = float("nan")


def xs(svg: str) -> list[float]:
    return [float(x) for x in re.findall(r"[ML]([\d.]+) ", svg)]


def test_time_runs_in_reading_direction() -> None:
    scores = np.array([10.0, 20.0, 30.0, 40.0])
    onward, back = (xs(charts.sparkline(DAYS, scores, "healthy", rtl)) for rtl in (False, True))
    assert onward == [0, 333.3, 666.7, 1000]
    assert back == [1000, 666.7, 333.3, 0]


def test_unknown_is_a_gap_and_never_zero() -> None:
    svg = charts.sparkline(DAYS, np.array([50.0, NAN, 50.0, 50.0]), "healthy", rtl=False)
    assert svg.count('class="line"') == 2
    assert " 100" not in "".join(re.findall(r' d="([^"]*)"', svg))


def test_nothing_known_draws_nothing() -> None:
    assert 'class="line"' not in charts.sparkline(DAYS, np.full(4, NAN), "unknown", rtl=False)


def test_layers_stand_on_each_other_up_to_the_top() -> None:
    counts = np.array([[1, 2, 3, 4]] * 4)
    svg = charts.bands_over_time(DAYS, counts, "Bands", "All of them", rtl=False)
    tops = [float(found) for found in re.findall(r'd="M0 ([\d.]+)L', svg)]
    assert tops == [70, 50, 40, 0]  # unhealthy 3, at risk 2, healthy 1, unknown 4 of 10


@pytest.mark.parametrize(
    ("start", "contribution", "x", "width"), [(0, 10, 0, 100), (40, -15, 250, 150), (95, 20, 950, 50)]
)
def test_a_step_goes_from_sum_to_sum(start: float, contribution: float, x: float, width: float) -> None:
    assert f'x="{x}" width="{width}"' in charts.step(start, contribution, "factor", rtl=False)
    assert f'x="{1000 - x - width}" width="{width}"' in charts.step(start, contribution, "factor", rtl=True)


def test_shares_fill_the_bar() -> None:
    svg = charts.shares([("healthy", 3), ("unhealthy", 1)], rtl=False)
    assert re.findall(r'x="(\d+)" width="(\d+)"', svg) == [("0", "750"), ("750", "250")]


def test_nothing_to_share_is_an_empty_bar() -> None:
    assert 'width="0"' in charts.shares([("healthy", 0)], rtl=False)


def test_a_chart_says_what_it_shows_and_decoration_is_silent() -> None:
    svg = charts.trend(DAYS, np.array([1.0, 2, 3, 4]), (70, 40), "Trend <b>", "Between 1 and 4.", rtl=False)
    assert 'role="img" aria-label="Trend &lt;b&gt;"' in svg
    assert "<title>Trend &lt;b&gt;</title><desc>Between 1 and 4.</desc>" in svg
    assert 'aria-hidden="true"' in charts.sparkline(DAYS, np.array([1.0, 2, 3, 4]), "healthy", rtl=False)


def test_long_histories_are_thinned_but_keep_both_ends() -> None:
    kept = charts.thinned(np.arange(2000, dtype=np.int32))
    assert len(kept) == charts.POINTS
    assert (kept[0], kept[-1]) == (0, 1999)
