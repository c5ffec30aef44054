"""Which age is told of, and whether customers were watched from the first age on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def told_age(came: Sequence[int]) -> int | None:
    """The number of the age that is told of, by how many came to each: the oldest to which at least three of four
    came that came to any. The first, at which nearly all are there, only where there is no other. None: nobody came.

    >>> told_age([90, 80, 60, 59]), told_age([9]), told_age([9, 0])
    (2, 0, None)
    """
    later = list(range(1, len(came))) or list(range(len(came)))
    most = max((came[place] for place in later), default=0)
    return max((place for place in later if came[place] * 4 >= most * 3), default=None) if most else None


def from_the_start(came: Sequence[int]) -> bool:
    """Whether nobody joins later: whoever is watched at an age was watched at those before.

    >>> from_the_start([9, 9, 4]), from_the_start([0, 3, 2])
    (True, False)
    """
    return bool(came) and came[0] > 0 and all(later <= sooner for sooner, later in pairwise(came))
