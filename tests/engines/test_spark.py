"""On Spark the same bits come out as here, whichever way facts come in; and what cannot work says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sabai.engines import local
from sabai.engines.spark import session as sessions
from sabai.engines.spark.cluster import Cluster
from sabai.engines.spark.frames import measure_frames
from sabai.errors import FactsError, Issue, SabaiError, UsageError
from sabai.facts.landed import Facts
from sabai.metrics import looks
from sabai.metrics.calendar import asked_days
from sabai.metrics.grid import Grid, joined
from sabai.metrics.looks import EachRun, as_measured
from tests.calling import called
from tests.engines import few
from tests.engines.company import Company, assert_same_results, made
from tests.engines.needs import SMALL, needs_spark
from tests.facts.stored.bench import DAYS, at_once
from tests.metrics.engines import assert_same

BUCKETS = 3
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
AS_OF = (date(2026, 3, 2), date(2026, 6, 29))


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return made(tmp_path_factory.mktemp("company"), BUCKETS, accounts=24, months=6)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    with sessions.started("local[1]", SMALL) as begun:
        yield begun


@needs_spark
def test_every_number_is_the_same(company: Company, session: Any) -> None:
    facts, each_run = company.facts, Cluster(session).each_run
    days = asked_days(facts, ())
    told: list[tuple[int, int]] = []
    grids = list(
        each_run(facts, company.definitions, days, as_measured, progress=lambda _, done, of: told.append((done, of)))
    )
    assert_same(joined(grids), local.measure(facts, company.definitions, days))
    assert told == [(done, len(grids)) for done in range(1, len(grids) + 1)]
    assert 1 < len(grids) <= BUCKETS


@needs_spark
@pytest.mark.long
def test_every_score_is_the_same_where_workers_give_them(
    company: Company, session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = company.scored(tmp_path / "here", local.each_run, AS_OF)
    monkeypatch.setattr(looks, "MOST_CELLS", 0)
    there = company.scored(tmp_path / "there", Cluster(session).each_run, AS_OF)
    assert_same_results(here, there)


@needs_spark
def test_a_difference_is_seen(company: Company, tmp_path: Path) -> None:
    one = company.scored(tmp_path / "one", local.each_run, AS_OF)
    with pytest.raises(AssertionError):
        assert_same_results(one, company.scored(tmp_path / "other", local.each_run, AS_OF[:1]))


@needs_spark
@pytest.mark.long
def test_facts_that_are_not_divided_give_the_same(session: Any, tmp_path: Path) -> None:
    facts = at_once(tmp_path, few.DEFINITIONS, few.ROWS)
    frames = {path.stem: session.read.parquet(str(path)) for path in facts.folder.glob("*.parquet")}
    measured = measure_frames(frames, few.DEFINITIONS, DAYS, facts.first_days, parts=2)
    expected = rows_of(local.measure(facts, few.DEFINITIONS, list(DAYS)))
    assert expected["open"].max() == 1
    assert_frame_equal(in_order(pl.DataFrame(measured.toArrow())), in_order(expected), check_exact=True)


@needs_spark
def test_what_a_worker_refuses_is_refused_in_its_own_words(company: Company, session: Any) -> None:
    with pytest.raises(FactsError, match="FCT-090  Too large"):
        list(Cluster(session).each_run(company.facts, company.definitions, days_of(company), refuse))


@needs_spark
def test_a_worker_that_does_not_see_the_store_says_so(company: Company, session: Any, tmp_path: Path) -> None:
    elsewhere = replace(company.facts, folder=tmp_path)
    with pytest.raises(SabaiError, match="ENG-007"):
        list(Cluster(session).each_run(elsewhere, company.definitions, [20_000], as_measured))


@needs_spark
def test_a_store_is_found_from_wherever_it_is_named(
    company: Company, session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(company.store.parent)  # workers stay where they are
    facts = replace(company.facts, folder=Path(company.store.name))
    grids = list(Cluster(session).each_run(facts, company.definitions, days_of(company), as_measured))
    assert_same(joined(grids), local.measure(company.facts, company.definitions, days_of(company)))


@needs_spark
@pytest.mark.long
def test_spark_that_gives_up_says_why(company: Company, session: Any) -> None:
    with pytest.raises(SabaiError, match=r"ENG-005  Spark gave up: ZeroDivisionError"):
        list(Cluster(session).each_run(company.facts, company.definitions, days_of(company), fail))


def test_facts_of_no_store_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="ENG-004"):
        next(spark_on(Cluster(None).each_run, Facts(tmp_path, (), (), {})))


def test_frames_without_accounts_are_refused(company: Company) -> None:
    with pytest.raises(UsageError, match="ENG-006"):
        measure_frames({}, company.definitions, [], {})


def test_without_pyspark_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "NEEDED", ("pyspark_that_is_not_here",))
    with pytest.raises(UsageError, match=r'pip install "sabai\[spark\]"'), sessions.started("local[1]"):
        pass


@needs_spark
def test_without_java_it_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr("pyspark.sql.SparkSession.getActiveSession", lambda: None)
    with pytest.raises(UsageError, match="ENG-002"), sessions.started("local[1]"):
        pass


def test_a_master_without_spark_is_wrong_use(
    company: Company, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["score", str(company.store), "--definitions", company.definitions.path, "--out", str(tmp_path)]
    said = called(capsys, *words, "--master", "local[1]")
    assert (said.code, said.err[:7]) == (2, "CLI-012")


def refuse(grid: Grid) -> None:
    raise FactsError(Issue("FCT-090", "Too large."))


def fail(grid: Grid) -> float:
    return 1 / 0


def days_of(company: Company) -> Sequence[int]:
    return asked_days(company.facts, AS_OF)


def spark_on(each_run: EachRun, facts: Facts) -> Iterator[Grid]:
    return each_run(facts, None, [], as_measured)


def rows_of(grid: Grid) -> pl.DataFrame:
    """One row for each account and date, in a second way."""
    return pl.DataFrame(
        [
            {
                "account_id": account,
                "as_of": date.fromordinal(date(1970, 1, 1).toordinal() + int(day)),
                "customer": bool(grid.alive[row, column]),
                "tenure_days": float(grid.tenure_days[row, column]),
                "segment": grid.segments[grid.segment[row, column]],
                **{name: float(values[row, column]) for name, values in grid.values.items()},
            }
            for row, account in enumerate(grid.accounts)
            for column, day in enumerate(grid.as_of)
        ]
    ).fill_nan(None)


def in_order(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.sort("account_id", "as_of")
