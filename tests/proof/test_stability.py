"""Flapping, drift and missingness, on weeks and months written by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sabai.dates import to_day
from sabai.metrics.grid import Floats
from sabai.proof.past import Past
from sabai.proof.stability import Drift, flapping, psi, stability
from sabai.proof.weeks import Weeks
from tests.proof.made_past import FIRST_DAY, HORIZON, made_past
from tests.proof.made_replay import made_replay, with_points

FIRST_MONDAY = to_day(date(2024, 1, 1))


def weeks(*accounts: str) -> Weeks:
    """One letter a Monday: healthy, at risk (r), unhealthy, ? unknown."""
    band = np.array([["hru?".index(letter) for letter in account] for account in accounts], dtype=np.int8)
    mondays = np.arange(FIRST_MONDAY, FIRST_MONDAY + 7 * band.shape[1], 7, dtype=np.int32)
    return Weeks(mondays, np.zeros(band.shape, np.float32), band)


def test_moves_are_counted_a_year_of_an_account() -> None:
    found = flapping(weeks("hhrrhhhhhhhhhhhhhhhhhhhhhhh", "hhhhhhhhhhhhhhhhhhhhhhhhhhh"))
    assert found.moves == 2
    assert found.account_years == pytest.approx(52 * 7 / 365.25)
    assert found.a_year == pytest.approx(2 / found.account_years)


def test_what_was_not_known_is_no_move() -> None:
    assert flapping(weeks("h?rr?h")).moves == 0
    assert flapping(weeks("hhrrhh")).moves == 2  # the twin


def test_nobody_seen_twice_says_nothing() -> None:
    assert flapping(weeks("h?h?", "?r?h")).a_year is None
    assert flapping(weeks("h")).a_year is None


@pytest.mark.parametrize(
    ("bands", "share"),
    [
        ("hrrrrhhhhhhhhh", 0.5),  # back on the fourth Monday; the move back is not taken back
        ("hrrrrrhhhhhhhh", 0.0),  # on the fifth
        ("hruuuuuuuuuuuu", 0.0),  # another move, but not back
        ("hrhrhrhhhhhhhh", 5 / 6),
        ("hhhhhhhhhhhhrh", None),  # no four weeks follow, so nobody can tell
        ("hrh", None),
        ("hhhhhhhhhhhhhh", None),
    ],
)
def test_a_move_is_taken_back_within_four_weeks(bands: str, share: float | None) -> None:
    assert flapping(weeks(bands)).reversed_soon == share


def test_a_year_has_its_own_moves() -> None:
    bands = weeks("h" * 50 + "rh" + "h" * 20)
    turn = int((bands.mondays <= to_day(date(2025, 1, 1))).sum())
    assert turn == 53
    assert [flapping(bands, year).moves for year in (2024, 2025)] == [2, 0]


def test_psi_is_that_of_the_formula() -> None:
    """Bins 0-10 and 90-100, of 60 and 40 rows, then of 30 and 70: half a row stands in every bin."""
    before, now = (np.repeat([5.0, 95.0], counts) for counts in ((60, 40), (30, 70)))
    by_hand = ((60.5 - 30.5) * np.log(60.5 / 30.5) + (40.5 - 70.5) * np.log(40.5 / 70.5)) / 105
    assert psi(before, now) == pytest.approx(by_hand, abs=1e-12)
    assert psi(before, before) == 0
    assert psi(before, np.append(now, np.nan)) == psi(before, now)


@pytest.mark.parametrize("nothing", [np.empty(0), np.full(3, np.nan)])
def test_psi_of_nothing_is_unknown(nothing: Floats) -> None:
    assert psi(nothing, np.array([1.0])) is None
    assert psi(np.array([1.0]), nothing) is None


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (0.05, "as it was"),
        (0.15, "has shifted, from 60 to 40 points"),
        (0.3, "not what it was, from 60 to 40"),
        (None, "cannot be compared"),
    ],
)
def test_drift_is_said_in_words(found: float | None, words: str) -> None:
    assert words in Drift("use", 2024, found, 0.08, 60, 40).sentence


def test_few_customers_are_not_called_a_drift() -> None:
    assert "too few" in Drift("use", 2024, 0.2, 0.4, 60, 40).sentence


@pytest.fixture
def past() -> Past:
    return made_past(400, 24, {"use": 1.0, "nps": 0.5}, base=-5.0)[0]


def split_of(past: Past) -> int:
    return FIRST_DAY + 12 * HORIZON


def test_a_factor_that_moves_is_found_and_one_that_stays_is_not(past: Past) -> None:
    later = past.as_of >= split_of(past)
    moved = with_points(past, nps=np.where(later, past.points["nps"] * 0.4, past.points["nps"]))
    found = stability(made_replay(moved, split_of(past), weeks=weeks("hhhh"))).drift
    by_factor = {drift.factor: drift for drift in found if drift.year == max(drift.year for drift in found)}
    assert by_factor["nps"].psi is not None
    assert by_factor["nps"].psi > 0.25
    assert by_factor["use"].psi == pytest.approx(0, abs=0.1)
    assert "as it was" in by_factor["use"].sentence


def test_missingness_is_a_share_of_customers_by_month_and_year(past: Past) -> None:
    gone = past.as_of >= split_of(past)
    holes = with_points(past, nps=np.where(gone, np.nan, past.points["nps"]))
    found = {each.factor: each for each in stability(made_replay(holes, split_of(past), weeks=weeks("hhhh"))).missing}
    assert found["nps"].unknown == (0.0,) * 12 + (1.0,) * 12
    assert set(found["use"].unknown) == {0.0}
    assert [share for _, share in found["nps"].by_year] == [0.0, 1.0]


def test_the_first_of_january_closes_the_year_before(past: Past) -> None:
    new_year = past.only(past.as_of == FIRST_DAY)
    new_year.as_of[:] = to_day(date(2024, 1, 1))
    missing = stability(made_replay(new_year, weeks=weeks("h"))).missing[0]
    assert [year for year, _ in missing.by_year] == [2023]
