"""What an alarm says, whether it fired or not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alarm:
    """`code` never changes its meaning. `measured` is what the alarm goes by, and None where there was nothing to go
    by: then `sentence` says why. `what_to_do` is empty where it did not fire.
    """

    code: str
    sentence: str
    what_to_do: str
    measured: float | None
    fired: bool


def quiet(code: str, sentence: str, measured: float | None) -> Alarm:
    return Alarm(code, sentence, "", measured, fired=False)


def unchecked(code: str, why: str) -> Alarm:
    return Alarm(code, why, "", None, fired=False)


def named(names: list[str], most: int = 5) -> str:
    """
    >>> named(["nps", "use"]), named(list("abcdefg"))
    ('nps and use', 'a, b, c, d, e and 2 more')
    """
    shown = names[:most] + ([f"{len(names) - most} more"] if len(names) > most else [])
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
