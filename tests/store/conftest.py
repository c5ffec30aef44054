from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

Chunk = Callable[..., pa.Table]


@pytest.fixture
def computed_at() -> datetime:
    return datetime(2024, 7, 1, 6, 30, tzinfo=UTC)


@pytest.fixture
def chunk() -> Chunk:
    """Snapshots of the accounts at the dates; the same accounts, dates and seed give the same rows."""
    return made_chunk


def made_chunk(accounts: Iterable[str], dates: Iterable[date], seed: int = 0, factor: str = "logins") -> pa.Table:
    rows = [(account, when) for account in accounts for when in dates]
    dice = np.random.default_rng(seed)
    value = np.where(dice.random(len(rows)) < 0.2, np.nan, dice.poisson(20, len(rows)))
    return pa.table(
        {
            "account_id": pa.array([account for account, _ in rows], pa.string()),
            "as_of": pa.array([when for _, when in rows], pa.date32()),
            "score": dice.random(len(rows)) * 100,
            f"{factor}.value": pa.array(value, from_pandas=True),
        }
    )
