from __future__ import annotations

import numpy as np
import pytest

from sabai.definitions.model import Condition
from sabai.metrics.conditions import holds


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (">", [False, False, True, False]),
        (">=", [False, True, True, False]),
        ("<", [True, False, False, False]),
        ("<=", [True, True, False, False]),
        ("==", [False, True, False, False]),
        ("!=", [True, False, True, False]),
    ],
)
def test_unknown_meets_no_condition(op, expected):
    assert holds(Condition("use", op, 2), {"use": np.array([1.0, 2.0, 3.0, np.nan])}).tolist() == expected
