"""A real cluster of two workers gives the same bits as this machine, also when one of them is lost on the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from benchmarks.standalone import SETTINGS, Standalone, spark_home, standalone
from sabai.engines import local
from sabai.engines.spark.cluster import Cluster
from sabai.engines.spark.session import started
from sabai.metrics import looks
from tests.engines.company import Company, assert_same_results, landed, made
from tests.engines.needs import SMALL, needs_connect, needs_spark

pytestmark = [
    pytest.mark.long,
    needs_spark,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]
ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
EXAMPLES = {"ravenstack": date(2024, 12, 2), "fightchurn_crm6": date(2024, 1, 1)}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standalone]:
    with standalone(tmp_path_factory.mktemp("cluster"), workers=2) as begun:
        yield begun


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """The company of `sabai demo`."""
    return made(tmp_path_factory.mktemp("demo"), buckets=16)


@pytest.fixture(scope="module")
def expected(demo: Company, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.scored(tmp_path_factory.mktemp("here"), local.each_run)


def test_the_demo_is_scored_alike(cluster: Standalone, demo: Company, expected: Path, tmp_path: Path) -> None:
    with started(cluster.url, SMALL) as session:
        assert_same_results(expected, demo.scored(tmp_path, Cluster(session).each_run))


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_scored_alike(cluster: Standalone, name: str, tmp_path: Path) -> None:
    if not (DATA / name).is_dir():
        pytest.skip(f"the data set {name} is not on this machine")
    example = landed(DATA / name, tmp_path / "store", ROOT / "examples" / name / "sabai.yaml", buckets=4)
    here = example.scored(tmp_path / "here", local.each_run, (EXAMPLES[name],))
    with started(cluster.url, SMALL) as session:
        there = example.scored(tmp_path / "there", Cluster(session).each_run, (EXAMPLES[name],))
    assert_same_results(here, there)


def test_spark_submit_scores_alike(cluster: Standalone, demo: Company, expected: Path, tmp_path: Path) -> None:
    script = tmp_path / "score.py"
    script.write_text("from sabai.cli import main\n\nmain()\n")
    words = ["score", str(demo.store), "--definitions", demo.definitions.path, "--out", str(tmp_path / "there")]
    conf = [part for name, value in SMALL.items() for part in ("--conf", f"{name}={value}")]
    submit = [str(spark_home() / "bin" / "spark-submit"), "--master", cluster.url, *conf, str(script)]
    subprocess.run([*submit, *words, "--engine", "spark"], env=environment(), check=True, timeout=600)
    assert (tmp_path / "there" / "scores.csv").read_bytes() == (expected / "scores.csv").read_bytes()


@needs_connect
def test_a_connect_server_scores_alike(cluster: Standalone, demo: Company, expected: Path, tmp_path: Path) -> None:
    with started(cluster.serve(SMALL)) as session:
        assert_same_results(expected, demo.scored(tmp_path, Cluster(session).each_run))


@pytest.mark.parametrize("walks", [1, 2], ids=["while it measures", "while it scores"])
def test_a_worker_is_lost_on_the_way(
    walks: int, demo: Company, expected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`walks`: in which walk through the facts; the second one is that in which workers give scores."""
    if walks == 2:
        monkeypatch.setattr(looks, "MOST_CELLS", 0)
    (tmp_path / "cluster").mkdir()
    with standalone(tmp_path / "cluster", workers=2) as cluster:
        lost: list[int] = []
        begun = 0

        def lose_one(_: str, done: int, total: int) -> None:
            nonlocal begun
            begun += done == 1
            if not lost and begun == walks and done == 2:
                lost.extend(cluster.executors(0))
                cluster.kill(0)
                assert done < total

        with started(cluster.url, SMALL) as session:
            there = demo.scored(tmp_path / "there", Cluster(session).each_run, progress=lose_one)
        assert lost, "the worker had an executor"
        assert cluster.workers[0].poll() is not None
        assert cluster.workers[1].poll() is None
        assert cluster.is_idle(1), "what was begun for us has ended"
    assert_same_results(expected, there)


def environment() -> dict[str, str]:
    return os.environ | SETTINGS | {"PYSPARK_DRIVER_PYTHON": sys.executable}
