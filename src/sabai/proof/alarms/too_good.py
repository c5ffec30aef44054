"""LEAK-05 and LEAK-06. What foretells too well was told: no honest factor puts nine of ten pairs in order."""

from __future__ import annotations

import numpy as np

from sabai.metrics.grid import Floats
from sabai.proof.alarms.alarm import Alarm, Named, quiet, unchecked
from sabai.proof.alarms.sides import FEWEST, leavers
from sabai.proof.past import Past
from sabai.proof.ranking import auc
from sabai.proof.replay import Replay

OF_FACTOR, OF_SCORE = "LEAK-05", "LEAK-06"
MOST_OF_FACTOR, MOST_OF_SCORE = 0.9, 0.95


def factor_too_good(replay: Replay) -> Alarm:
    """Each factor alone, on rows where it is known; whichever way it points."""
    found = {name: _auc(replay, points) for name, points in replay.test.points.items()}
    known = {name: max(value, 1 - value) for name, value in found.items() if value is not None}
    if not known:
        return unchecked(OF_FACTOR, "Single factors were not looked at: too few accounts left where one was known.")
    best = max(known, key=lambda name: known[name])
    if known[best] <= MOST_OF_FACTOR:
        return quiet(OF_FACTOR, f"No factor alone foretells too well: {best} has AUC {known[best]:.3f}.", known[best])
    guilty = sorted((name for name in known if known[name] > MOST_OF_FACTOR), key=lambda name: -known[name])
    told = Named.of([f"{name} (AUC {known[name]:.3f})" for name in guilty])
    advice = (
        "Find out when its value is written down. If that is after the customer decided, leave it out of the factors, "
        "or map the time at which it became known as received_at."
    )
    return Alarm(OF_FACTOR, f"One factor alone says who leaves: {told}.", advice, known[best], True, told)


def score_too_good(replay: Replay) -> Alarm:
    found = _auc(replay, replay.test.score)
    if found is None:
        return unchecked(OF_SCORE, "The score was not looked at: too few accounts left where it was known.")
    if found <= MOST_OF_SCORE:
        return quiet(OF_SCORE, f"The score does not foretell too well: AUC {found:.3f}.", found)
    advice = "Call it a leak until shown otherwise: take out one factor after the other, and see at which it falls."
    return Alarm(OF_SCORE, f"The score foretells better than honest scores do: AUC {found:.3f}.", advice, found, True)


def _auc(replay: Replay, points: Floats) -> float | None:
    """Of few `points` as a risk; None where too few left among the rows where they are known, or none stayed."""
    known = ~np.isnan(points)
    rows: Past = replay.test.only(known)
    left = rows.leaves(replay.label, replay.horizon_days)
    if leavers(rows, replay.label, replay.horizon_days) < FEWEST or left.all():
        return None
    return auc(left, 100 - points[known])
