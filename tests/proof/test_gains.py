"""The curve of leavers caught passes through what capture measures, ties and all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sabai.proof.gains import gains
from sabai.proof.ranking import capture
from tests.proof.twins import MUST_FAIL

Y = np.array([True, False, True, False, False, True, False, False])
RISK = np.array([9.0, 9, 9, 5, 4, 4, 1, 0])


@pytest.mark.parametrize("worst", [0.125, 0.375, 0.6, 1.0])
@pytest.mark.parametrize("sign", [1, pytest.param(-1, marks=MUST_FAIL)])
def test_it_is_capture_at_every_share(worst: float, sign: int) -> None:
    curve = gains(Y, sign * RISK)
    assert np.interp(worst, curve.rows, curve.caught) == pytest.approx(capture(Y, RISK, worst), abs=1e-12)
    assert sign == 1 or worst < 1, "all are all, whichever way round"


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4)), min_size=2, max_size=40), st.floats(0.05, 1))
def test_ties_are_shared_as_capture_shares_them(rows: list[tuple[bool, int]], worst: float) -> None:
    y, risk = np.array([left for left, _ in rows]), np.array([float(risk) for _, risk in rows])
    if y.all() or not y.any():
        return
    curve = gains(y, risk)
    assert (curve.rows[0], curve.caught[0], curve.rows[-1], curve.caught[-1]) == (0, 0, 1, 1)
    assert np.interp(worst, curve.rows, curve.caught) == pytest.approx(capture(y, risk, worst), abs=1e-9)


def test_nobody_to_catch() -> None:
    assert gains(np.zeros(3, np.bool_), np.arange(3.0)).rows.size == 0
