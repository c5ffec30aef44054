"""What is timed is right: the peers say the same as Sabai, a difference is loud, and figures are told honestly."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq
import pytest

from benchmarks.agree import Disagreement, compare
from benchmarks.given import definitions, event_definitions, facts_of
from benchmarks.made import make_facts
from benchmarks.made.customers import LAST
from benchmarks.postgres import INSTALLED
from benchmarks.rows import Row, keep, kept_rows
from benchmarks.shown import PAGE, page
from benchmarks.sizes import PEERS, SIZES
from benchmarks.timed import timed, way_of
from benchmarks.work import AS_OF, LAST_MONDAY, Answer, Work
from sabai.facts.catalogue import TABLES
from sabai.store.superseding import open_snapshots

EVENTS, ACCOUNTS = SIZES["small"].events, SIZES["small"].accounts


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    made = Work(tmp_path_factory.mktemp("made") / "facts", EVENTS, ACCOUNTS)
    facts_of(made)
    return made


IN_PROCESS = [way for way in PEERS if way != "postgres"]
ON_A_SERVER = pytest.param("postgres", marks=[pytest.mark.long, pytest.mark.skipif(not INSTALLED, reason="no server")])


@pytest.mark.parametrize("way", [*IN_PROCESS, ON_A_SERVER])
def test_a_peer_says_the_same_as_sabai(way: str, work: Work) -> None:
    timing, answer = timed(way_of(way), work, runs=1)
    compare(answer, work)
    assert timing.rows == EVENTS
    assert timing.seconds > 0


def test_a_small_difference_is_seen(work: Work, tmp_path: Path) -> None:
    answer = way_of("duckdb_sql")(work, tmp_path)
    people = np.array(answer.counted["people"])
    people[7, 3] += 1
    with pytest.raises(Disagreement, match="people of a0000007"):
        compare(replace(answer, counted={**answer.counted, "people": people}), work)


def test_a_missing_metric_is_seen(work: Work) -> None:
    with pytest.raises(Disagreement, match="not the same metrics"):
        compare(Answer(EVENTS, {"logins": np.zeros((ACCOUNTS, len(AS_OF)))}), work)


def test_missing_accounts_are_seen(work: Work) -> None:
    few = {name: np.zeros((ACCOUNTS // 2, len(AS_OF))) for name in event_definitions().metrics}
    with pytest.raises(Disagreement):
        compare(Answer(EVENTS, few), work)


def test_sql_finds_the_same_cohorts(work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert way_of("cohorts_sql")(work, tmp_path).rows == way_of("cohorts")(work, tmp_path).rows == EVENTS
    monkeypatch.setattr("benchmarks.ways.cohorts_sql.AS_OF", LAST_MONDAY - 200)
    with pytest.raises(Disagreement, match="not what SQL says"):
        way_of("cohorts_sql")(work, tmp_path)


def test_the_scan_reads_every_event(work: Work, tmp_path: Path) -> None:
    assert way_of("scan")(work, tmp_path).rows == EVENTS


def test_the_whole_job_leaves_snapshots_that_add_up(work: Work, tmp_path: Path) -> None:
    answer = way_of("whole_job")(work, tmp_path)
    snapshots = pl.from_arrow(open_snapshots(tmp_path / "snapshots").to_pyarrow_table())
    assert isinstance(snapshots, pl.DataFrame)
    known = snapshots.filter(pl.col("score").is_not_null())
    assert known.height > 0.8 * snapshots.height > 0.8 * 0.8 * ACCOUNTS * len(AS_OF)
    added = known.select(pl.sum_horizontal(pl.selectors.ends_with(".contribution"))).to_series()
    assert (added - known["score"]).abs().max() < 1e-9
    assert answer.rows > EVENTS


def test_another_library_says_the_same_on_draws_and_the_proof_is_counted(tmp_path: Path) -> None:
    past = Work(tmp_path, events=0, accounts=60)
    peer = way_of("sklearn_auc")(past, tmp_path)
    assert peer.rows == way_of("prove_bootstrap")(past, tmp_path).rows == 720
    assert peer.note == "30 of 33,000 AUCs, scaled"


def test_another_auc_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.ways.sklearn_auc.roc_auc_score", lambda y, risk, sample_weight: 0.5)
    with pytest.raises(Disagreement, match="apart"):
        way_of("sklearn_auc")(Work(tmp_path, events=0, accounts=60), tmp_path)


def test_a_proof_of_many_seconds_misses_its_goal() -> None:
    assert "≤ 20 s: met" in page([row("prove_bootstrap", 19.9, 1.0)])
    assert "≤ 20 s: **not met**" in page([row("prove_bootstrap", 20.1, 1.0)])
    assert "≥ 10 × slower than Sabai: **not met**" in page([row("sklearn_auc", 100, 9.9)])


def test_definitions_have_21_metrics_of_events_among_30() -> None:
    assert (len(event_definitions().metrics), len(definitions().metrics)) == (21, 30)


def test_made_facts_are_as_landing_writes_them(work: Work) -> None:
    for tally in facts_of(work).tallies:
        rows = facts_of(work).scan(tally.table).collect()
        assert tally.holds
        assert tally.facts == rows.height > 0
        assert rows["account_id"].is_sorted()
        assert rows["key"].n_unique() == rows.height
        assert rows.schema["received_day"] == pl.Int32
        if tally.table == "events":
            assert rows.height == EVENTS
            assert rows.select("account_id", TABLES["events"].time).rows() == sorted(
                rows.select("account_id", TABLES["events"].time).rows()
            )
            assert 0.005 < (rows["received_day"] > rows["occurred_day"]).mean() < 0.015
            assert rows["occurred_day"].max() < LAST


def test_the_same_seed_makes_the_same_facts(tmp_path: Path) -> None:
    once, again = (make_facts(tmp_path / name, 5_000, 20) for name in ("once", "again"))
    other = make_facts(tmp_path / "other", 5_000, 20, seed=8)
    assert all(once.path(t.table).read_bytes() == again.path(t.table).read_bytes() for t in once.tallies)
    assert once.path("events").read_bytes() != other.path("events").read_bytes()


def test_slices_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.made.usage.SLICE", 300)
    facts = make_facts(tmp_path / "facts", 5_000, 20)
    rows = facts.scan("events").collect()
    assert pq.read_metadata(facts.path("events")).num_row_groups == 1
    assert rows["account_id"].is_sorted()
    assert rows["key"].to_list() == [str(number) for number in range(5_000)]


def row(name: str, seconds: float, ratio: float, peak_mb: float = 1_000, note: str = "") -> Row:
    kept = Row(name=name, seconds=seconds, peak_mb=peak_mb, against="scan_10m", ratio=ratio, rows=10_000_000,
               machine="a machine", date="2026-01-01")  # fmt: skip
    return {**kept, "note": note} if note else kept


def test_results_keep_older_rows_and_the_page_shows_the_newest(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    keep([row("scan_10m", 0.2, 1.0), row("event_metrics_10m", 0.5, 2.5)], file)
    rows = keep([row("event_metrics_10m", 0.7, 3.5)], file)
    assert rows == kept_rows(file) == json.loads(file.read_text(encoding="utf-8"))
    assert len(rows) == 3
    assert "0.70" in page(rows)
    assert "0.50" not in page(rows)


def test_the_page_says_what_the_results_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(kept_rows())


def test_facts_of_older_code_are_removed(tmp_path: Path) -> None:
    for name in ("10m-new", "10m-old", "100m-old"):
        (tmp_path / name).mkdir()
    Work(tmp_path / "10m-new", EVENTS, ACCOUNTS).forget_older()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["100m-old", "10m-new"]


def test_goals_are_judged_honestly() -> None:
    good = page([row("scan_10m", 0.2, 1.0), row("event_metrics_10m", 0.6, 3.0, 1_500)])
    slow = page([row("scan_10m", 0.2, 1.0), row("event_metrics_10m", 0.602, 3.01, 1_501)])
    assert "≤ 3 × scan: met; ≤ 1.5 GB: met" in good
    assert "≤ 3 × scan: **not met**; ≤ 1.5 GB: **not met**" in slow


def test_ten_times_the_facts_may_cost_a_fifth_more() -> None:
    small = row("event_metrics_10m", 0.5, 2.5)
    assert "the ratio of event_metrics_10m: met" in page([small, row("event_metrics_100m", 6, 3.0)])
    assert "the ratio of event_metrics_10m: **not met**" in page([small, row("event_metrics_100m", 6, 3.1)])
    assert "the ratio of event_metrics_10m: not measured" in page([row("event_metrics_100m", 6, 3.0)])


def test_what_was_scaled_is_said() -> None:
    rows = [row("scan_10m", 0.2, 1.0, note="busy"), row("pandas_10m", 30, 50, note="4 of 52 dates, scaled; busy")]
    assert "- busy: `scan_10m`, `pandas_10m`\n- 4 of 52 dates, scaled: `pandas_10m`\n" in page(rows)
