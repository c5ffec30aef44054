"""A bucket measured by itself, as a worker of a cluster does, says what it says among all others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sabai.engines import local
from sabai.facts.stored.facts import StoredFacts
from sabai.metrics.grid import joined
from sabai.metrics.ready import ascending, make_ready
from tests.engines.few import ACCOUNTS, DEFINITIONS, ROWS
from tests.facts.stored.bench import DAYS, Growing
from tests.metrics.engines import assert_same


@pytest.fixture
def facts(tmp_path: Path) -> StoredFacts:
    store = Growing(tmp_path, DEFINITIONS, buckets=16)
    store.land(ROWS)
    return store.facts


def test_most_buckets_are_empty(facts: StoredFacts) -> None:
    assert sum(bool(facts.only(bucket).account_ids) for bucket in range(16)) <= len(ACCOUNTS)


def test_each_bucket_alone_is_all_together(facts: StoredFacts) -> None:
    parts = [part for bucket in range(16) if (part := facts.only(bucket)).account_ids]
    alone = joined([make_ready(part, DEFINITIONS, ascending(DAYS)).measure_all() for part in parts])
    assert np.nanmax(alone.values["count"]) > 0
    assert_same(alone, local.measure(facts, DEFINITIONS, list(DAYS)))
