"""docs/how-to/grow.md, followed literally: every command in its order, in an empty folder and one shell."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from benchmarks.postgres import free_port
from tests.house.tree import ROOT

PAGE = (ROOT / "docs" / "how-to" / "grow.md").read_text(encoding="utf-8")
LOCAL, _, SPARK = PAGE.partition("## On a Spark cluster")
FENCE = re.compile(r"^```(bash|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)
HAS_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


def shell(page: str) -> Iterator[str]:
    """What somebody types who follows the page: a program that has a name becomes a file, another one is run."""
    for kind, text in FENCE.findall(page):
        named = re.match(r"# (\S+\.py)\n", text)
        if kind == "bash":
            yield "".join(line for line in text.splitlines(keepends=True) if not line.startswith("pip install"))
        elif named:
            yield f"cat > {named[1]} <<'END'\n{text}END\n"
        else:
            yield f"python - <<'END'\n{text}END\n"


def follow(where: Path, page: str) -> str:
    """Everything that is said; the first command that fails is an error."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    script = "set -ex\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + "".join(shell(page))
    done = subprocess.run(
        ["bash", "-c", script], cwd=where, env=environment, capture_output=True, text=True, timeout=1_500, check=False
    )
    assert done.returncode == 0, done.stderr[-4_000:]
    return done.stdout


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    where = tmp_path_factory.mktemp("grown")
    return where, follow(where, LOCAL)


def scores(where: Path) -> pl.DataFrame:
    rows = pl.read_delta(str(where / "sabai-out" / "snapshots")).drop("computed_at")
    return rows.sort("account_id", "as_of")


@pytest.mark.long
def test_a_store_day_by_day(followed: tuple[Path, str]) -> None:
    where, said = followed
    assert "Nothing new: just these files were landed into store before." in said
    assert " rows of the store were read." in said
    assert " snapshots were superseded; the others say what they said." in said
    assert (where / "sabai-out" / "known-on-2026-03-10" / "scores.csv").exists()


@pytest.mark.long
@pytest.mark.skipif(not HAS_SPARK, reason="pyspark (make spark) and Java are needed")
def test_the_same_on_spark(followed: tuple[Path, str]) -> None:
    where, _ = followed
    before = scores(where)
    follow(where, SPARK.replace("7077", str(free_port())))
    assert scores(where).equals(before)
    assert pl.read_parquet(where / "metrics" / "*.parquet").height > 0
