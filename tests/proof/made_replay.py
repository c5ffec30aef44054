"""Replays made by hand: a past, and around it only what the test at hand looks at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.metrics.grid import Floats
from sabai.proof.leaving import Leavings
from sabai.proof.past import Past
from sabai.proof.replay import Question, Replay
from sabai.proof.weeks import Weeks
from tests.metrics.landing import define
from tests.proof.made_past import FIRST_DAY, HORIZON, made_health, made_past

NOWHERE = Path("nowhere")


def made_leavings(*late_days: float) -> Leavings:
    """As many accounts that left as there are `late_days`."""
    place, day = np.arange(len(late_days), dtype=np.int32), np.full(len(late_days), FIRST_DAY, dtype=np.int32)
    return Leavings(place, day, day, np.array(late_days, dtype=np.float64))


def no_weeks() -> Weeks:
    return Weeks(np.empty(0, np.int32), np.empty((0, 0), np.float32), np.empty((0, 0), np.int8))


def made_replay(past: Past, split: int | None = None, **rest: Any) -> Replay:
    """`rest`: definitions, facts, left, weeks or the question, where they matter."""
    asked: dict[str, Any] = {
        "question": Question(HORIZON, label="notice"),
        "definitions": define(health=made_health(dict.fromkeys(past.points, 1.0))),
        "facts": Facts(NOWHERE, past.accounts, (), {}),
        "left": made_leavings(),
        "weeks": no_weeks(),
        **rest,
    }
    in_order = past.only(np.lexsort((past.account, past.as_of)))
    return Replay(label="notice", split=split, rebuilt=False, past=in_order, **asked)


def few_rows() -> Past:
    return made_past(30, 3, {"use": 1.0})[0]


def replay_of(definitions: Definitions, facts: Facts, **rest: Any) -> Replay:
    """Where only definitions and facts matter."""
    return made_replay(few_rows(), definitions=definitions, facts=facts, **rest)


def middle(past: Past) -> int:
    """A split that leaves half of the months on each side."""
    return int(np.median(np.unique(past.as_of)))


def with_points(past: Past, **points: Floats) -> Past:
    return replace(past, points={**past.points, **points})
