"""Every alarm, in one order, every time: a proof says how many were checked, and which fired."""

from __future__ import annotations

from sabai.metrics.looks import EachRun
from sabai.proof.alarms.against_time import against_time
from sabai.proof.alarms.alarm import Alarm
from sabai.proof.alarms.as_of_now import as_of_now
from sabai.proof.alarms.future import future_facts
from sabai.proof.alarms.late import recorded_late
from sabai.proof.alarms.says_who_left import says_who_left
from sabai.proof.alarms.shuffled import shuffled_labels
from sabai.proof.alarms.survivors import only_survivors
from sabai.proof.alarms.too_good import factor_too_good, score_too_good
from sabai.proof.alarms.under_two_ids import under_two_ids
from sabai.proof.replay import Replay


def alarms(replay: Replay, each_run: EachRun, seed: int) -> tuple[Alarm, ...]:
    """All ten, LEAK-01 to LEAK-10, fired or quiet. `each_run` is the engine that measured the past.

    fired = [alarm for alarm in alarms(replay, local.each_run, seed=7) if alarm.fired]
    """
    return (
        shuffled_labels(replay, seed),
        future_facts(replay, each_run, seed),
        as_of_now(replay),
        against_time(replay, seed),
        factor_too_good(replay),
        score_too_good(replay),
        says_who_left(replay),
        only_survivors(replay),
        recorded_late(replay),
        under_two_ids(replay),
    )
