"""Every engine, and what it means that two grids say the same."""

from __future__ import annotations

import numpy as np
import pytest

from sabai.engines import local, reference
from sabai.metrics.grid import Grid

each_engine = pytest.mark.parametrize("engine", [reference, local], ids=["reference", "local"])


def labels(grid: Grid) -> list[list[str]]:
    """The segment of each cell by its name; which other names are listed is an engine's own business."""
    return [[grid.segments[code] for code in row] for row in grid.segment]


def assert_same(one: Grid, other: Grid) -> None:
    assert one.accounts == other.accounts
    assert list(one.as_of) == list(other.as_of)
    assert list(one.values) == list(other.values)
    for name, values in one.values.items():
        np.testing.assert_array_equal(values, other.values[name], err_msg=name, strict=True)
    np.testing.assert_array_equal(one.alive, other.alive, err_msg="alive", strict=True)
    np.testing.assert_array_equal(one.tenure_days, other.tenure_days, err_msg="tenure", strict=True)
    assert labels(one) == labels(other)
