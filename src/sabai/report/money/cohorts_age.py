"""Which age is told of."""

from __future__ import annotations

from collections.abc import Sequence


def told_age(came: Sequence[int]) -> int | None:
    """The number of the age that is told of, by how many came to each: the oldest to which at least three of four
    came that came to any. The first, at which nearly all are there, only where there is no other. None: nobody came.

    >>> told_age([90, 80, 60, 59]), told_age([9]), told_age([9, 0])
    (2, 0, None)
    """
    later = list(range(1, len(came))) or list(range(len(came)))
    most = max((came[place] for place in later), default=0)
    return max((place for place in later if came[place] * 4 >= most * 3), default=None) if most else None
