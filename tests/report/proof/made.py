"""A proof of a made past, with names that mean harm, and the proof of a past in which nobody left."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from sabai.proof.alarms.alarm import Alarm, Named
from sabai.proof.learners import learned_from
from sabai.proof.past import Past
from sabai.proof.prove import prove
from sabai.proof.replay import NO_END, Question, Replay
from sabai.proof.rescored import rescored
from sabai.proof.stability import stability
from sabai.proof.weeks import Weeks
from sabai.report.proof.told import ProofTold
from tests.metrics.landing import define
from tests.proof.made_past import made_health, made_past
from tests.proof.made_replay import made_replay, middle

HOSTILE = '<b onload="x">&\u202egnp\u2069%(x)s'
TRUTH = {"use": 1.5, HOSTILE: 0.8, "สุขใจ": 0.0}
SEGMENTS = ("Roastery", HOSTILE)
TWICE = Named.of([f"{HOSTILE} (a1, a2)", "Baan Coffee (b1, b2)"])
ALARMS = (
    Alarm("LEAK-06", "The score does not foretell too well: AUC 0.700.", "", 0.7, fired=False),
    Alarm("LEAK-09", "Nobody says when churn was written down, so it is taken to have been known in time.", "", None,
          fired=False),
    Alarm("LEAK-07", f"What enters the score is made of columns that say who left: {HOSTILE}.",
          "Leave it out of the factors: what is to be foretold must not foretell itself.", 1.0, fired=True),
    Alarm("LEAK-10", f"Pairs of accounts that look like one customer under two ids: 2, for instance {TWICE}.",
          "Map one id to the other with identities; where both are right, name their parent. Until then whoever goes "
          "on under another id counts as one who left.", 2.0, fired=True, names=TWICE),
)  # fmt: skip


@cache
def made_told(left: bool = True) -> ProofTold:
    """Where `left` is False nobody did, so that nothing can be learned or compared."""
    past = _banded(made_past(300, 12, TRUTH)[0])
    replay = _replay(past if left else replace(past, notice_in=_never(past), effective_in=_never(past)))
    proof = prove(replay, draws=100)
    found = learned_from(replay, draws=100, seed=7) if left else None
    return ProofTold(proof, found, ALARMS, stability(replay))


@cache
def made_cross_section() -> ProofTold:
    """Without dates: no months, no horizons, no lead."""
    past = replace(_banded(made_past(300, 1, TRUTH)[0]), known_until=2 * NO_END)
    replay = replace(_replay(past), question=Question(cross_section=True), split=None)
    return ProofTold(prove(replay, draws=100))


def _replay(past: Past) -> Replay:
    accounts, weeks = len(past.accounts), 60
    band = np.random.default_rng(5).integers(0, 4, (accounts, weeks)).astype(np.int8)
    mondays = (int(past.as_of.min()) + 7 * np.arange(weeks)).astype(np.int32)
    definitions = define(health=made_health(dict.fromkeys(TRUTH, 1.0)))
    kept: dict[str, Any] = {"weeks": Weeks(mondays, band.astype(np.float32), band), "definitions": definitions}
    return made_replay(past, middle(past), **kept)


def _banded(past: Past) -> Past:
    health = made_health(dict.fromkeys(TRUTH, 1.0))
    score = 100 - rescored(past, dict.fromkeys(TRUTH, 1.0), health)
    return replace(
        past,
        score=score,
        band=np.digitize(-score, [-60, -40]).astype(np.int8),
        segments=SEGMENTS,
        segment=(past.account % 2).astype(np.int32),
        revenue=np.where(past.account % 5, 1000.0, np.nan),
    )


def _never(past: Past) -> Any:
    return np.full(len(past), np.inf)
