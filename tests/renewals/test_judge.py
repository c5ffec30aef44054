"""Forecasts are frozen when issued, and judged by what came."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sabai.dates import from_day
from sabai.errors import UsageError
from sabai.proof.leaving import Leavings
from sabai.renewals.forecast import Renewals, forecast_renewals
from sabai.renewals.issued import SCHEMA, forget, issue, issued
from sabai.renewals.judge import judge
from sabai.renewals.seen import LATE_DAYS
from tests.metrics.landing import define
from tests.proof.made_past import made_health
from tests.renewals.made import AS_OF, call, contract, contracts, past_of

NOW = datetime(2024, 1, 1, 9, tzinfo=UTC)
OVER = AS_OF + 90 + LATE_DAYS


@pytest.fixture
def found(tmp_path: Path) -> Renewals:
    facts = contracts(tmp_path, contract("ant", date(2023, 2, 1), monthly=900), contract("bee", date(2023, 2, 2)))
    past = past_of(facts.account_ids, [AS_OF - 365, AS_OF])
    return forecast_renewals(facts, define(health=made_health({"use": 1.0})), AS_OF, 90, past, (call("bee", 0.5),))


def left(*days: tuple[int, int]) -> Leavings:
    account, day = (
        (np.array(each, dtype=np.int32) for each in zip(*days, strict=True)) if days else (np.zeros(0, np.int32),) * 2
    )
    return Leavings(account, day, day, np.full(len(day), np.nan))


def test_what_was_issued_is_what_was_forecast(found: Renewals, tmp_path: Path) -> None:
    issue(found, tmp_path / "out", NOW)
    rows = issued(tmp_path / "out")
    assert rows["account_id"].to_list() == ["ant", "bee"]
    assert rows["p"].to_list() == [each.p for each in found.renewals]
    assert rows["p_called"].to_list() == [None, 0.5]
    assert rows["expected_minor"].to_list() == [found.total.expected_minor] * 2
    assert set(rows["issued_at"]) == {NOW}


def test_it_is_never_changed(found: Renewals, tmp_path: Path) -> None:
    issue(found, tmp_path, NOW)
    before = issued(tmp_path)
    with pytest.raises(UsageError, match="REN-011"):
        issue(replace(found, shock=replace(found.shock, tau=0.1)), tmp_path, NOW)
    issue(replace(found, as_of=AS_OF + 1), tmp_path, NOW)
    after = issued(tmp_path)
    assert after.filter(pl.col("as_of") == from_day(AS_OF)).equals(before)
    assert after.height == 4


def test_nothing_is_issued_where_nothing_is_due(found: Renewals, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="REN-010"):
        issue(replace(found, renewals=()), tmp_path, NOW)
    assert issued(tmp_path).schema == SCHEMA


def rows(**columns: object) -> pl.DataFrame:
    """Two renewals of 900 and 100 with p .9 and .5, of which 860 are expected."""
    plain: dict[str, object] = {
        "issued_at": NOW, "as_of": from_day(AS_OF), "horizon_days": 90, "definitions_version": "v", "currency": "USD",
        "account_id": pl.Series(["ant", "bee"]), "due_on": from_day(AS_OF + 30), "value_minor": pl.Series([900, 100]),
        "p": pl.Series([0.9, 0.5]), "p_from": "score", "p_naive": pl.Series([0.8, 0.8]), "notice": False, "owner": None,
        "called_by": None, "called_on": None, "call": None, "p_called": pl.Series([None, 0.0], dtype=pl.Float64),
        "expected_minor": 860.0, "p10_minor": 850.0, "p50_minor": 900.0, "p90_minor": 1000.0, "tau": 0.5, **columns,
    }  # fmt: skip
    return pl.DataFrame(plain).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def test_bias_coverage_and_error_by_hand() -> None:
    told = judge(rows(), left((1, AS_OF + 20)), ("ant", "bee"), OVER, 0)
    (one,) = told.forecasts
    assert (one.due_minor, one.renewed_minor, one.inside) == (1000, 900, True)
    assert (told.coverage.value, told.waiting) == (1.0, 0)
    assert told.whole.bias == pytest.approx((860 - 900) / 1000)
    assert told.whole.brier == pytest.approx((0.1**2 + 0.5**2) / 2)
    assert [each.error for each in told.last_year] == pytest.approx([0.04, 0.1])
    assert [each.brier for each in told.called] == pytest.approx([0.25, 0.64, 0.0])
    assert [each.renewals for each in told.called] == [1, 1, 1]


def test_had_the_large_one_left_it_would_have_been_wrong() -> None:
    """The twin: the same forecast beside another truth."""
    told = judge(rows(), left((0, AS_OF + 20)), ("ant", "bee"), OVER, 0)
    assert not told.forecasts[0].inside
    assert told.whole.bias == pytest.approx((860 - 100) / 1000)
    assert told.whole.brier > 0.5


@pytest.mark.parametrize(("gone", "came"), [(29, False), (30, False), (30 + LATE_DAYS, False), (31 + LATE_DAYS, True)])
def test_whoever_is_gone_soon_after_did_not_renew(gone: int, came: bool) -> None:
    told = judge(rows(), left((0, AS_OF + gone)), ("ant", "bee"), OVER, 0)
    assert (told.forecasts[0].renewed_minor == 1000) == came


def test_nothing_is_due_yet() -> None:
    told = judge(rows(), left(), ("ant", "bee"), OVER + 6, 7)
    assert (told.forecasts, told.waiting, told.next_day) == ((), 1, OVER + 7)
    assert told.sentence == f"Nothing is due yet: the first of 1 forecasts can be judged on {from_day(OVER + 7)}."
    assert judge(rows(), left(), ("ant", "bee"), OVER + 7, 7).forecasts


def test_nothing_was_issued() -> None:
    assert "No forecast was issued yet" in judge(rows().clear(), left(), ("ant",), OVER, 0).sentence


def test_accounts_that_are_gone_from_the_facts_are_said() -> None:
    told = judge(rows(), left(), ("ant",), OVER, 0)
    assert told.whole.renewals == 1
    (one,) = told.forecasts
    assert (one.renewals, one.due_minor, one.renewed_minor) == (2, 1000, 900 + 50)
    said = "1 renewals are of accounts that these facts do not know: the sums take what was expected of them."
    assert told.notices == (said,)
    assert not judge(rows(), left(), ("cat",), OVER, 0).forecasts  # the twin: of nobody, nothing is judged


def test_whoever_is_erased_is_forgotten_and_the_sum_can_still_be_judged(found: Renewals, tmp_path: Path) -> None:
    issue(found, tmp_path, NOW)
    before = issued(tmp_path)
    forget(tmp_path, ["bee"], NOW)
    after = issued(tmp_path)
    (kept, blank) = after.sort("owner", "due_on", nulls_last=True).rows(named=True)
    assert kept == before.row(0, named=True)
    assert blank["account_id"].startswith("erased-")
    assert [blank[name] for name in ("due_on", "called_by", "call", "p_called")] == [None] * 4
    assert after["value_minor"].sum() == before["value_minor"].sum()
    assert after["p"].sort().equals(before["p"].sort())
    forget(tmp_path, ["bee"], NOW)  # the same again is fine
    assert issued(tmp_path).equals(after)
