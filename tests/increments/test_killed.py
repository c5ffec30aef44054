"""kill -9 while landing, compacting and scoring: what was acknowledged is there, once, and the same again ends well."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest
from deltalake import DeltaTable

from sabai.definitions.reader import read_definitions
from sabai.facts.stored import compact
from sabai.facts.stored.log import Log
from sabai.facts.stored.store import stored
from tests.acceptance.programs import call_within
from tests.increments.test_go_on import ACCOUNTS, DEFINITIONS, FIRST

FILES = 2
"""A bucket may have so many small files: from the third landing on each one compacts."""
SABAI = (
    "from sabai.facts.stored import compact; import sabai.pipeline\n"
    f"compact.MOST_FILES = {FILES}\n"
    "from sabai.cli import main; main()"
)
LAND = ("--definitions", "sabai.yaml", "--store", "store", "--buckets", "2")
SCORE = ("score", "store", "--definitions", "sabai.yaml")
ROWS, WEEKS = 400, 8
"""Of each export: so many events within so many weeks after those of the one before."""
CHANGES = {"land": 20, "score": 14}
"""How many names on the disk come and go, roughly, until it is done."""


def export(folder: Path, part: int) -> None:
    """The third one also tells of some events of the first weeks, which come too late for scores of then."""
    begin = FIRST + timedelta(weeks=WEEKS * part)
    days = [begin + timedelta(days=n % (7 * WEEKS)) for n in range(ROWS)]
    if part == 2:
        days[::40] = [FIRST + timedelta(days=3 * n) for n in range(len(days[::40]))]
    rows = [f"{part}-{n},a{n % 5},{'login' if n % 3 else 'export'},{day}" for n, day in enumerate(days)]
    (folder / f"part-{part}").mkdir()
    (folder / f"part-{part}" / "app.csv").write_text("\n".join(["id,account,name,at", *rows, ""]))
    (folder / f"part-{part}" / "accounts.csv").write_text(ACCOUNTS)


@pytest.fixture
def company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compact, "MOST_FILES", FILES)
    (tmp_path / "sabai.yaml").write_text(DEFINITIONS)
    for part in range(5):
        export(tmp_path, part)
    do(tmp_path, "land", "part-0", *LAND)
    do(tmp_path, *SCORE)
    return tmp_path


def do(where: Path, *words: str) -> None:
    code, _, err = call_within(where, *words)
    assert code == 0, err


def kill(where: Path, random: Random, *words: str) -> bool:
    """Begins it, and kills it once so many names on the disk have come or gone; whether it had come to its end."""
    most, seen, names = random.randint(0, CHANGES[words[0]]), 0, there(where)
    program = [sys.executable, "-B", "-c", SABAI, *words]
    with subprocess.Popen(program, cwd=where, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        patience = time.monotonic() + 60
        while process.poll() is None and seen <= most and time.monotonic() < patience:
            now = there(where)
            seen, names = seen + len(now ^ names), now
            time.sleep(0.002)
        time.sleep(random.uniform(0, 0.01))
        process.kill()
        _, err = process.communicate(timeout=60)
    assert process.returncode in (0, -9), err
    return process.returncode == 0


def there(where: Path) -> set[str]:
    return {str(path) for folder in ("store", "sabai-out") for path in (where / folder).rglob("*")}


def landed(where: Path) -> int:
    """How many events are acknowledged; each is there once, and every table can be opened and is whole."""
    log = Log(where / "store").entries()
    assert all(tally.holds for entry in log for tally in entry.tallies)
    facts = stored(read_definitions(where / "sabai.yaml"), where / "store")
    keys = facts.scan("events").collect()["key"]
    rows = sum(tally.facts for entry in log for tally in entry.tallies if tally.table == "events")
    assert (len(keys), keys.n_unique()) == (rows, rows)
    for each in sorted((where / "store").rglob("_delta_log")):
        assert pl.scan_delta(str(each.parent)).collect().height == len(DeltaTable(each.parent).to_pyarrow_table())
    return rows


def snapshots(where: Path, out: str = "sabai-out") -> pl.DataFrame:
    rows = pl.read_delta(str(where / out / "snapshots")).drop("computed_at")
    assert rows.select("account_id", "as_of", "definitions_version").is_unique().all()
    return rows.select(sorted(rows.columns)).sort("account_id", "as_of")


def killed_and_done(where: Path, random: Random, *words: str) -> None:
    """Killed somewhere, it was done or not at all; done again to its end, it is done once."""
    rows, scores = landed(where), snapshots(where)
    ended = kill(where, random, *words)
    rows_then, scores_then = landed(where), snapshots(where)
    if "--since-last" not in words or scores_then.equals(scores):
        do(where, *words)
    else:
        code, _, err = call_within(where, *words)  # where it was killed after its work, there is nothing left to score
        assert code == 0 or err.startswith("FCT-094")
    brought = ROWS if words[0] == "land" else 0
    assert landed(where) == rows + brought
    assert rows_then in ([rows + brought] if ended else [rows, rows + brought])
    assert any(scores_then.equals(each) for each in ([snapshots(where)] if ended else [scores, snapshots(where)]))


def test_a_landing_that_compacts_and_a_score_that_goes_on_are_killed(company: Path) -> None:
    random = Random(1)
    for part in (1, 2):
        do(company, "land", f"part-{part}", *LAND)
    killed_and_done(company, random, "land", "part-3", *LAND)
    assert any(entry.kind == "compaction" for entry in Log(company / "store").entries())
    killed_and_done(company, random, *SCORE, "--since-last")
    do(company, *SCORE, "--out", "fresh")
    assert snapshots(company).equals(snapshots(company, "fresh"))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_killed_anywhere_on_the_way(company: Path, seed: int) -> None:
    random = Random(seed)
    killed_and_done(company, random, "land", "part-1", *LAND)
    killed_and_done(company, random, *SCORE, "--since-last")
    killed_and_done(company, random, "land", "part-2", *LAND)
    killed_and_done(company, random, *SCORE, "--restate")
    killed_and_done(company, random, "land", "part-3", *LAND)
    do(company, "land", "part-4", *LAND)
    assert any(entry.kind == "compaction" for entry in Log(company / "store").entries())
    do(company, *SCORE, "--since-last")
    do(company, *SCORE, "--out", "fresh")
    assert snapshots(company).equals(snapshots(company, "fresh"))
    assert snapshots(company)["as_of"].max() > date(2024, 8, 1)
