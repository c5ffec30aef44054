"""What moved a score between two days, exactly, and what took most from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sabai.definitions.model import Definitions
from sabai.desk.scoring.story import Move, Part
from sabai.health.change import change
from sabai.health.overrides import Override
from sabai.health.scores import Scores


def move(
    scores: Scores, definitions: Definitions, account: str, since: int, until: int, overrides: Iterable[Override] = ()
) -> Move | None:
    """None where the score is unknown on one of the days, or the days are not among the scores."""
    days = scores.grid.as_of.tolist()
    if since not in days or until not in days:
        return None
    moved = change(scores, definitions, account, since, until, overrides=overrides)
    if moved.points is None:
        return None
    parts = sorted(moved.parts, key=lambda part: -abs(part.points))
    return Move(since, moved.points, tuple(Part(part.kind, part.name, part.points) for part in parts))


def fell_by(moved: Move | None) -> str:
    """The factor or deduction that took most; "" where nothing took anything.

    >>> fell_by(Move(0, -3.0, (Part("data", "logins", -4.0), Part("missing", "nps", 1.0))))
    'logins'
    """
    taken: Counter[str] = Counter()
    for part in moved.parts if moved else ():
        taken[part.name] += part.points  # type: ignore[assignment]
    taken.pop("", None)
    name, points = min(taken.items(), key=lambda item: (item[1], item[0]), default=("", 0.0))
    return name if points < 0 else ""
