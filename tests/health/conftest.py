"""Small worlds for the tests of health: grids written as lists, None for unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from sabai.definitions.model import Definitions, Factor, Health, Workspace
from sabai.metrics.grid import Grid

MONDAY = 4 + 7 * 2900  # 2025-08-04


def _grid(
    values: Mapping[str, Sequence[Sequence[float | None]]],
    as_of: Sequence[int] | None = None,
    alive: Sequence[Sequence[bool]] | None = None,
    tenure: Sequence[Sequence[float]] | None = None,
    segment: Sequence[int] | None = None,
    segments: tuple[str, ...] = ("all",),
    accounts: Sequence[str] | None = None,
) -> Grid:
    """Consecutive Mondays, alive, old and in one segment unless told otherwise; `segment` is one index per account."""
    arrays = {name: np.array(rows, dtype=np.float64) for name, rows in values.items()}
    shape = next(iter(arrays.values())).shape
    return Grid(
        tuple(accounts or (f"a{row}" for row in range(shape[0]))),
        np.array(as_of or [MONDAY + 7 * week for week in range(shape[1])], dtype=np.int32),
        arrays,
        np.ones(shape, dtype=np.bool_) if alive is None else np.array(alive),
        np.full(shape, 1000.0) if tenure is None else np.array(tenure, dtype=np.float64),
        np.repeat(np.array(segment or [0] * shape[0], dtype=np.int32)[:, None], shape[1], axis=1),
        segments,
    )


def _health(*factors: Factor, **rest: Any) -> Health:
    return Health(factors=factors, dimensions=tuple(dict.fromkeys(factor.dimension for factor in factors)), **rest)


def _definitions(health: Health) -> Definitions:
    return Definitions("sabai.yaml", "v", Workspace("Baan Coffee"), {}, {}, health)


@pytest.fixture(scope="session")
def monday() -> int:
    return MONDAY


@pytest.fixture(scope="session")
def make_grid() -> Callable[..., Grid]:
    return _grid


@pytest.fixture(scope="session")
def make_health() -> Callable[..., Health]:
    return _health


@pytest.fixture(scope="session")
def make_definitions() -> Callable[[Health], Definitions]:
    return _definitions
