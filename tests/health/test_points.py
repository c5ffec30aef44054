from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.dates import from_day
from sabai.definitions.model import Bands, Basic, Condition, Derived, Factor, Milestone, Source, Young
from sabai.health.points import curve_points, points_of
from sabai.health.ranks import mid_rank, usual
from sabai.health.reference import merge, notices, take_cut, take_reference
from sabai.health.score import score_grid

USE = Factor("use", "usage", 10, better="higher")
numbers = st.one_of(st.none(), st.integers(-3, 3).map(float), st.floats(-1e6, 1e6))


def golden_mid_rank(percentile):
    """Of 1, 2, 2, 5: below 2 lies one and two are equal, so (1 + 2/2) / 4."""
    assert percentile(np.array([0.0, 1, 2, 3, 5, 9]), np.array([1.0, 2, 2, 5])).tolist() == [
        0,
        1 / 8,
        1 / 2,
        3 / 4,
        7 / 8,
        1,
    ]


def test_percentile_is_the_mid_rank():
    golden_mid_rank(lambda values, reference: mid_rank(values, usual(reference)))


@pytest.mark.parametrize("side", ["left", "right"])
def test_twin_a_rank_that_takes_one_side_of_ties_is_refused(side):
    with pytest.raises(AssertionError):
        golden_mid_rank(lambda values, reference: np.searchsorted(reference, values, side=side) / len(reference))


@given(st.lists(numbers, min_size=1), st.lists(numbers, min_size=1))
def test_mid_rank_is_what_counting_says(values, reference):
    ours = mid_rank(np.array(values, dtype=float), usual(np.array(reference, dtype=float)))
    known = [x for x in reference if x is not None]
    for value, share in zip(values, ours, strict=True):
        if value is None or not known:
            assert np.isnan(share)
        else:
            below, equal = sum(x < value for x in known), sum(x == value for x in known)
            assert share == pytest.approx((below + equal / 2) / len(known), abs=1e-15)


def test_a_large_reference_crosses_blocks_of_the_search():
    values = np.arange(20_000, dtype=float)
    share = mid_rank(values[::-1].copy(), usual(values))
    assert np.array_equal(share, ((values + 0.5) / 20_000)[::-1])


def golden_shrink(share_in_small_segment):
    """Everybody: 0 … 199; the segment: the 150 from 50 up. At 100: all 100.5/200, segment 50.5/150; 150 + 50 = 200."""
    assert share_in_small_segment == pytest.approx((150 * 50.5 / 150 + 50 * 100.5 / 200) / 200)


def test_a_segment_is_shrunk_towards_everybody(make_grid, make_health):
    grid = make_grid(
        {"use": [[value] for value in range(200)]}, segment=[int(v >= 50) for v in range(200)], segments=("s", "m")
    )
    health = make_health(USE)
    points = points_of(grid, health, take_reference(grid, health))["use"]
    golden_shrink(points[100, 0] / 100)
    with pytest.raises(AssertionError):
        golden_shrink(50.5 / 150)


def test_lower_is_better_turns_the_percentile_round(make_grid, make_health):
    grid = make_grid({"use": [[1], [2], [2], [7], [None]]})
    points = {}
    for better in ("higher", "lower"):
        health = make_health(Factor("use", "usage", 1, better=better))
        points[better] = points_of(grid, health, take_reference(grid, health))["use"][:, 0]
    assert points["higher"].tolist()[:4] == pytest.approx([12.5, 50, 50, 87.5])
    assert points["lower"].tolist()[:4] == pytest.approx([87.5, 50, 50, 12.5])
    assert np.isnan([points["higher"][4], points["lower"][4]]).all()


def test_a_curve_of_one_point_keeps_unknown_unknown():
    assert curve_points(np.array([1.0, np.nan]), ((0.0, 40.0),)).tolist()[0] == 40
    assert np.isnan(curve_points(np.array([np.nan]), ((0.0, 40.0),)))[0]


def test_a_segment_never_seen_is_compared_with_everybody(make_grid, make_health):
    health = make_health(USE)
    reference = take_reference(make_grid({"use": [[1], [3]]}), health)
    later = make_grid({"use": [[2]]}, segments=("new",))
    assert points_of(later, health, reference)["use"].tolist() == [[50.0]]


def test_reference_takes_customers_that_are_grown_on_mondays_of_the_span(make_grid, make_health, monday):
    """Of ten cells only three count: not the Tuesday, not the week after the span, not the young, not the one gone."""
    young = Young(60, (Milestone("login", Condition("use", ">", 0)),))
    health = make_health(USE, reference=(from_day(monday), from_day(monday + 7)), young=young)
    grid = make_grid(
        {"use": [[1, 20, 2, 30], [40, 50, 3, 60]]},
        as_of=[monday, monday + 1, monday + 7, monday + 14],
        tenure=[[100] * 4, [59, 60, 66, 73]],
    )
    assert take_reference(grid, health).everyone["use"].values.tolist() == [1, 2, 3]
    gone = make_grid({"use": [[1], [40]]}, alive=[[True], [False]])
    assert take_reference(gone, make_health(USE)).everyone["use"].values.tolist() == [1]


def test_a_reference_before_any_data_leaves_points_unknown_and_says_so(make_grid, make_health, make_definitions):
    health = make_health(USE, reference=(date(1999, 1, 4), date(1999, 2, 1)))
    grid = make_grid({"use": [[1], [2]]})
    reference = take_reference(grid, health)
    scores = score_grid(grid, health, reference, None)
    cut = take_cut([scores], health)
    assert np.isnan([*scores.score.flat, *scores.points["use"].flat, *cut]).all()
    assert [issue.code for issue in notices(reference, cut, make_definitions(health), {})] == ["HLT-001", "HLT-002"]


def test_nothing_is_noticed_where_the_reference_says_enough(make_grid, make_health, make_definitions, monday):
    health = make_health(USE, reference=(from_day(monday), from_day(monday)))
    grid = make_grid({"use": [[1], [2]]})
    reference = take_reference(grid, health)
    cut = take_cut([score_grid(grid, health, reference, None)], health)
    assert notices(reference, cut, make_definitions(health), {}) == ()


def test_a_reference_not_stated_is_noticed(make_grid, make_health, make_definitions):
    health = make_health(USE)
    reference = take_reference(make_grid({"use": [[1]]}), health)
    assert [issue.code for issue in notices(reference, (70, 40), make_definitions(health), {})] == ["HLT-003"]


def test_a_source_from_which_nothing_came_is_named(make_grid, make_health, make_definitions):
    """Use is counted per seat: the calls came, the seats did not, and the talks are not asked for."""
    files = {
        "calls": ("calls.csv", "events"),
        "crm": ("seats.csv", "subscriptions"),
        "desk": ("talks.csv", "touchpoints"),
    }
    metrics = {
        "people": Basic("people", "distinct", "events", key="contact"),
        "seats": Basic("seats", "held", "subscriptions", "seats"),
        "use": Derived("use", "ratio", ("people", "seats")),
    }
    made = replace(
        make_definitions(make_health(USE)),
        metrics=metrics, sources={name: Source(name, (file,), table, {}) for name, (file, table) in files.items()},
    )  # fmt: skip
    reference = take_reference(make_grid({"use": [[None]]}), made.health)

    def told(first_days: dict[str, dict[str, int | None]]) -> str:
        return str(notices(reference, (70, 40), made, first_days)[-1])

    assert "Nothing has come from crm (seats.csv), so" in told({"events": {"calls": 20_000}})
    assert "Nothing has come from crm (seats.csv), so" in told(
        {"events": {"calls": 20_000}, "subscriptions": {"crm": None}}
    )
    assert "Choose a `reference` span" in told({"events": {"calls": 20_000}, "subscriptions": {"crm": 20_000}})


def test_quartiles_of_the_reference_are_the_cut(make_grid, make_health):
    grid = make_grid({"use": [[0], [25], [50], [75], [100]]})
    line = Factor("use", "usage", 1, curve=((0, 0), (100, 100)))
    scores = score_grid(grid, make_health(line), take_reference(grid, make_health(line)), None)
    assert take_cut([scores], make_health(line)) == (75, 25)
    assert take_cut([scores], make_health(line, bands=Bands(cut=(80, 30)))) == (80, 30)


cells = st.lists(st.tuples(numbers, st.integers(0, 2)), min_size=2, max_size=30)


@given(cells, st.data())
def test_chunks_merge_to_the_same_reference_whatever_their_order(make_grid, make_health, accounts, data):
    split = data.draw(st.integers(1, len(accounts) - 1))
    health = make_health(USE)

    def reference(some):
        grid = make_grid(
            {"use": [[value] for value, _ in some]}, segment=[s for _, s in some], segments=("s", "m", "l")
        )
        return take_reference(grid, health)

    whole, one, other = reference(accounts), reference(accounts[:split]), reference(accounts[split:])
    assert merge([one, other]).version == merge([other, one]).version == whole.version
    assert (merge([whole, one]).version == whole.version) == (one.everyone["use"].count == 0)


@given(cells)
def test_points_stay_within_0_and_100(make_grid, make_health, accounts):
    grid = make_grid(
        {"use": [[value] for value, _ in accounts]}, segment=[s for _, s in accounts], segments=("s", "m", "l")
    )
    health = make_health(USE)
    points = points_of(grid, health, take_reference(grid, health))["use"]
    known = points[~np.isnan(points)]
    assert ((known > 0) & (known < 100)).all()
    assert known.size == sum(value is not None for value, _ in accounts)
