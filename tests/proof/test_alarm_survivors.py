"""An export of the living."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from sabai.definitions.model import Churn
from sabai.facts.landed import ASIDE, Facts, Tally
from sabai.proof.alarms.survivors import only_survivors
from sabai.proof.replay import Replay
from tests.metrics.landing import define
from tests.proof.made_past import FIRST_DAY
from tests.proof.made_replay import few_rows, made_leavings, made_replay

LONG_AGO, LATELY = FIRST_DAY - 300, FIRST_DAY


def living(accounts: int, first_day: int, left: int = 0) -> Replay:
    facts = Facts(
        Path("nowhere"), tuple(f"a{each:03}" for each in range(accounts)), (), {"events": {"made": first_day}}
    )
    return made_replay(few_rows(), facts=facts, left=made_leavings(*[0.0] * left))


def test_nobody_of_many_left_in_a_long_time() -> None:
    alarm = only_survivors(living(50, LONG_AGO))
    assert alarm.fired
    assert "50 accounts" in alarm.sentence


@pytest.mark.parametrize("replay", [living(49, LONG_AGO), living(50, LATELY), living(50, LONG_AGO, left=1)])
def test_few_accounts_a_short_time_or_one_that_left(replay: Replay) -> None:
    assert not only_survivors(replay).fired


def with_churn_aside(folder: Path, unknown: int, table: str = "churn", code: str = "FCT-132") -> Replay:
    rows = [{"table": table, "code": code, "fate": "waiting"}] * unknown
    pl.DataFrame(rows, schema=ASIDE).write_parquet(folder / "rejects.parquet")
    tally = Tally("churn", 100, 100 - unknown, 0, 0, 0, unknown, 0)
    replay = living(50, LONG_AGO, left=100 - unknown)
    return replace(replay, facts=replace(replay.facts, folder=folder, tallies=(tally,)))


@pytest.mark.parametrize(("unknown", "fires"), [(11, True), (10, False)])
def test_churn_of_accounts_that_are_not_there(tmp_path: Path, unknown: int, fires: bool) -> None:
    alarm = only_survivors(with_churn_aside(tmp_path, unknown))
    assert alarm.fired is fires


@pytest.mark.parametrize("aside", [{"table": "events"}, {"code": "FCT-101"}])
def test_what_else_was_set_aside_is_no_lost_account(tmp_path: Path, aside: dict[str, str]) -> None:
    assert not only_survivors(with_churn_aside(tmp_path, 50, **aside)).fired


def test_where_subscriptions_say_who_left_they_are_looked_at(tmp_path: Path) -> None:
    replay = with_churn_aside(tmp_path, 50)
    assert not only_survivors(replace(replay, definitions=define(churn=Churn("subscriptions")))).fired
