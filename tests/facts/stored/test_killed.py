"""kill -9 while landing: what was finished is there, what was not is not, and landing it again makes it whole."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import polars as pl
import pytest
from deltalake import DeltaTable

from sabai.definitions.reader import read_definitions
from sabai.facts.stored.log import Log
from sabai.facts.stored.store import stored
from tests.acceptance.programs import begin, call_within, company, few_of
from tests.facts.stored.test_faults import stray

PARTS, ROWS = 3, 20_000
WORDS = ("--definitions", "sabai.yaml", "--store", "store")


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company, and three more exports of it."""
    folder = company(tmp_path_factory.mktemp("company"), 40)
    for part in range(PARTS):
        (folder / f"part-{part}").mkdir()
        rows = [
            f"C{n % 40},click,2025-06-{1 + part:02}T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}" for n in range(ROWS)
        ]
        (folder / f"part-{part}" / "usage.csv").write_text("customer,action,at\n" + "\n".join(rows) + "\n")
    return folder


def finished(where: Path) -> Sequence[int]:
    """How many rows each finished landing brought, as the log says."""
    log = Log(where / "store").entries() if (where / "store").exists() else []
    assert all(tally.holds for entry in log for tally in entry.tallies)
    return [sum(tally.facts for tally in entry.tallies if tally.table == "events") for entry in log]


def assert_just_those(where: Path, rows: int) -> None:
    """As many facts as were acknowledged, each once, in tables that other tools open too."""
    facts = stored(read_definitions(where / "sabai.yaml"), where / "store")
    keys = facts.scan("events").collect()["key"]
    assert (len(keys), keys.n_unique()) == (rows, rows)
    for log in sorted((where / "store").rglob("_delta_log")):
        table = DeltaTable(log.parent)
        assert pl.scan_delta(str(log.parent)).collect().height == len(table.to_pyarrow_table())


def kill_one(where: Path, part: int, random: Random) -> bool:
    """Lands a part and kills it somewhere on its way; whether it had come to its end."""
    with begin(where, "land", f"part-{part}", *WORDS) as process:
        mark, patience = where / "store" / "unfinished", time.monotonic() + 60
        while not mark.exists() and process.poll() is None and time.monotonic() < patience:
            time.sleep(0.001)
        time.sleep(random.choice([0.0, random.uniform(0, 0.1), random.uniform(0, 0.5)]))
        process.kill()
        process.communicate(timeout=60)
    return process.returncode == 0


@pytest.mark.parametrize("seed", few_of(*range(17), every=17))
def test_killed_anywhere(exports: Path, tmp_path: Path, seed: int) -> None:
    for name in ("sabai.yaml", *(f"part-{part}" for part in range(PARTS))):
        (tmp_path / name).symlink_to(exports / name)
    random = Random(seed)
    for part in range(PARTS):
        before = finished(tmp_path)
        ended = kill_one(tmp_path, part, random)
        after = finished(tmp_path)
        assert after in ([*before, ROWS], before)
        assert not ended or len(after) > len(before)
        if after:
            assert_just_those(tmp_path, sum(after))
    for part in range(PARTS):
        assert call_within(tmp_path, "land", f"part-{part}", *WORDS)[0] == 0
    assert finished(tmp_path)[-PARTS:] == [ROWS] * PARTS
    assert_just_those(tmp_path, PARTS * ROWS)
    assert not stray(tmp_path / "store")
