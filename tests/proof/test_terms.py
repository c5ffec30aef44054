"""Rows of the past as columns: factors around their usual points, and what a score is not to be blamed for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sabai.proof.past import Past
from sabai.proof.terms import terms, usual
from tests.proof.made_past import HORIZON, made_past


def four_rows() -> Past:
    past = made_past(4, 1, {"logins": 0.0}, base=-30)[0]
    return replace(
        past,
        points={"logins": np.array([100.0, 50.0, np.nan, 0.0])},
        renewal_in=np.array([10.0, np.nan, 90.0, 90.0]),
        tenure_days=np.array([30.0, np.nan, 900.0, 900.0]),
    )


def test_points_stand_around_what_is_usual_and_the_unknown_in_the_middle() -> None:
    past = four_rows()
    of = terms(past, "notice", HORIZON, usual(past, HORIZON))
    assert of.columns[:, -1].tolist() == [-1, 0, 0, 1]


def test_later_rows_are_read_by_what_was_usual_before() -> None:
    past = four_rows()
    seen = usual(past.only(np.array([0, 1])), HORIZON)
    assert terms(past, "notice", HORIZON, seen).columns[:, -1].tolist() == [-0.5, 0.5, 0, 1.5]


def test_each_kind_has_a_column_but_the_commonest_and_the_unknown_is_one() -> None:
    past = four_rows()
    of = terms(past, "notice", HORIZON, usual(past, HORIZON))
    intercept, unknown_due, due, unknown_tenure, new = of.columns[:, : of.free].T.tolist()
    assert intercept == [1, 1, 1, 1]
    assert (unknown_due, due) == ([0, 1, 0, 0], [1, 0, 0, 0])
    assert (unknown_tenure, new) == ([0, 1, 0, 0], [1, 0, 0, 0])


def test_only_the_largest_segments_are_told_apart() -> None:
    past = made_past(30, 1, {"logins": 0.0}, base=-30)[0]
    past = replace(past, segment=np.arange(30, dtype=np.int32), segments=tuple(map(str, range(30))))
    assert len(usual(past, HORIZON).kinds[2]) == 19
