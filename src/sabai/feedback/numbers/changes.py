"""Whether two sets of answers differ: z of two waves, drawn accounts where they answer again, Holm for many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from sabai.intervals import Interval, of_draws
from sabai.metrics.grid import Floats

SHOWN = 0.05  # a difference is called shown below this p


@dataclass(frozen=True, slots=True)
class Change:
    """A difference with its interval, and how easily chance alone makes one as large; NaN where it cannot be told.

    `p_of_many` is that p after Holm, where it is one of several comparisons.
    """

    difference: Interval
    p: float
    p_of_many: float = float("nan")

    @property
    def shown(self) -> bool:
        """Whether it is more than chance, even among all comparisons of its kind."""
        p = self.p if self.p_of_many != self.p_of_many else self.p_of_many
        return p < SHOWN


UNKNOWN = Change(Interval(float("nan"), float("nan"), float("nan")), float("nan"))


def two_waves(one: float, v1: float, n1: float, other: float, v2: float, n2: float) -> Change:
    """`one` less `other`, means of independent answers whose variances are v1 and v2: z = (a − b) / √(v1/n1 + v2/n2).

    >>> change = two_waves(0.30, 0.61, 200, 0.18, 0.64, 220)
    >>> round(change.difference.value, 2), round(change.p, 3)
    (0.12, 0.12)
    """
    difference, error = one - other, sqrt(v1 / n1 + v2 / n2)
    half = 1.959963984540054 * error
    return Change(Interval(difference, difference - half, difference + half), _by_chance(difference, error))


def _by_chance(difference: float, error: float) -> float:
    """How often chance alone makes as much, to either side."""
    return erfc(abs(difference) / error / sqrt(2)) if error else float(difference == 0)


def from_draws(difference: float, draws: Floats) -> Change:
    """The same from a difference on every draw of accounts: z is the difference over what the draws stray.

    >>> round(from_draws(2.0, np.array([1.0, 2, 3])).p, 4)
    0.0455
    """
    known = draws[~np.isnan(draws)]
    if np.isnan(difference) or known.size < 2:
        return UNKNOWN
    return Change(of_draws(difference, known), _by_chance(difference, float(known.std(ddof=1))))


def of_many(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Holm (1979): the smallest p times as many as there are, the next times one less, and never less than the one
    before. Those that cannot be told do not count.

    >>> ps = (0.01, 0.04, 0.03)
    >>> [round(each.p_of_many, 2) for each in of_many([Change(UNKNOWN.difference, p) for p in ps])]
    [0.03, 0.06, 0.06]
    """
    known = sorted((each.p, place) for place, each in enumerate(changes) if each.p == each.p)
    held, most = {}, 0.0
    for rank, (p, place) in enumerate(known):
        most = max(most, min(1.0, p * (len(known) - rank)))
        held[place] = most
    return tuple(Change(each.difference, each.p, held.get(place, float("nan"))) for place, each in enumerate(changes))
