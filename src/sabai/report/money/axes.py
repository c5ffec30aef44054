"""The frame of a picture whose values stand up: round values at its side, a few dates below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, floor, log10

from sabai.report.sheet import WIDTH, Point, Scale, Sheet

LEFT, RIGHT, TOP, BOTTOM = 52.0, WIDTH - 4, 14.0, 214.0
_LABELS = 4  # so many dates stand below a picture; more would run into each other on a phone

Write = Callable[[float], str]


def nice(low: float, high: float, about: int = 4) -> list[float]:
    """Round values from at most `low` to at least `high`.

    >>> nice(0, 87), nice(-3, 12)
    ([0.0, 25.0, 50.0, 75.0, 100.0], [-5.0, 0.0, 5.0, 10.0, 15.0])
    """
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(power * each for each in (1, 2, 2.5, 5, 10) if power * each >= rough * (1 - 1e-9))
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(step * place, 12) for place in range(first, last + 1)]


def grid(sheet: Sheet, scale: Scale, ticks: Sequence[float], write: Write) -> str:
    return "".join(
        sheet.line((LEFT, scale.at(tick)), (RIGHT, scale.at(tick)), "grid")
        + sheet.text(LEFT - 6, scale.at(tick) + 4, write(tick), "small", "end")
        for tick in ticks
    )


def below(sheet: Sheet, across: Scale, labels: Sequence[str]) -> str:
    """A few of the labels, the first and the last among them."""
    if not labels:
        return ""
    many = min(_LABELS, len(labels))
    places = sorted({round(at * (len(labels) - 1) / max(many - 1, 1)) for at in range(many)})
    return "".join(
        sheet.text(*_held(across.at(place + 0.5), labels[place]), labels[place], "small", "middle") for place in places
    )


def _held(x: float, label: str) -> Point:
    """A label stays on the sheet."""
    half = 3.4 * len(label)
    return min(max(x, half), WIDTH - half), BOTTOM + 18
