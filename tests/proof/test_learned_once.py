"""What weights of other folds said is learned once, and used for the verdict and beside the score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sabai.proof import learners
from sabai.proof.learners import FOLDS, learned_from
from sabai.proof.past import Past
from sabai.proof.prove import prove
from sabai.proof.replay import NO_END, Question, Replay
from sabai.proof.rescored import rescored
from sabai.proof.weights import Learned, learned
from tests.proof.made_past import made_health, made_past
from tests.proof.made_replay import made_replay

TRUTH = {"use": 1.5, "nps": 0.5}


def cross_section() -> Replay:
    past = made_past(400, 1, TRUTH)[0]
    health = made_health(dict.fromkeys(TRUTH, 1.0))
    past = replace(past, known_until=2 * NO_END, score=100 - rescored(past, dict.fromkeys(TRUTH, 1.0), health))
    return made_replay(past, question=Question(cross_section=True))


def test_folds_learn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []

    def counted(past: Past, *rest: object, **more: object) -> Learned:
        sizes.append(len(past))
        return learned(past, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(learners, "learned", counted)
    replay = cross_section()
    found = learned_from(replay, draws=100, seed=7)
    assert len(sizes) == FOLDS
    handed = prove(replay, 100, 7, found)
    assert len(sizes) == FOLDS
    anew = prove(replay, 100, 7)
    assert len(sizes) == 2 * FOLDS  # the twin: without them they are learned again, and say the same
    said = [next(rival.auc for rival in each.rivals if rival.kind == "learned") for each in (handed, anew)]
    assert said[0] == said[1]
    assert said[0].value > 0.6
