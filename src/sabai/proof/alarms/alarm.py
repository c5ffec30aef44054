"""What an alarm says, whether it fired or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """Some names, and how many more there are; as text, an English list.

    >>> str(Named.of(["nps", "use"])), str(Named.of(list("abcdefg")))
    ('nps and use', 'a, b, c, d, e and 2 more')
    """

    shown: tuple[str, ...]
    more: int = 0

    @classmethod
    def of(cls, names: Sequence[str], most: int = 5) -> Named:
        return cls(tuple(names[:most]), max(len(names) - most, 0))

    def __str__(self) -> str:
        *others, last = [*self.shown, *([f"{self.more} more"] if self.more else [])]
        return f"{', '.join(others)} and {last}" if others else last


@dataclass(frozen=True, slots=True)
class Alarm:
    """`code` never changes its meaning. `measured` is what the alarm goes by, and None where there was nothing to go
    by: then `sentence` says why. `what_to_do` is empty where it did not fire. `names`: the list that stands in the
    sentence, since each language joins one in its own way.
    """

    code: str
    sentence: str
    what_to_do: str
    measured: float | None
    fired: bool
    names: Named | None = None


def quiet(code: str, sentence: str, measured: float | None) -> Alarm:
    return Alarm(code, sentence, "", measured, fired=False)


def unchecked(code: str, why: str) -> Alarm:
    return Alarm(code, why, "", None, fired=False)
