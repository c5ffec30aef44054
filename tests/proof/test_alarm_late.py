"""Churn that is written down late."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.proof.alarms.late import recorded_late
from tests.proof.made_replay import few_rows, made_leavings, made_replay


@pytest.mark.parametrize(
    ("late", "fires"),
    [
        ([0, -30, 3, 14], False),  # notice is often written down before it takes effect
        ([0] * 90 + [20] * 10, True),
        ([0] * 96 + [20] * 4, False),
        ([0] * 97 + [40] * 3, True),  # few, but later than the 30 days that are foretold
    ],
)
def test_more_than_two_weeks_is_late(late: list[float], fires: bool) -> None:
    alarm = recorded_late(made_replay(few_rows(), left=made_leavings(*late)))
    assert alarm.fired is fires
    assert bool(alarm.what_to_do) is fires


@pytest.mark.parametrize("left", [made_leavings(), made_leavings(np.nan, np.nan)])
def test_where_nobody_says_so_it_is_not_checked(left: object) -> None:
    alarm = recorded_late(made_replay(few_rows(), left=left))
    assert (alarm.fired, alarm.measured) == (False, None)
