"""Tables on the terminal: words to the left, numbers to the right, as wide as what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isnan
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width

if TYPE_CHECKING:
    from sabai.intervals import Interval

UNKNOWN = "–"


def columns(heads: Sequence[str], rows: Sequence[Sequence[str]], words: int = 1) -> Iterator[str]:
    """The lines of a table whose first `words` columns are words.

    >>> list(columns(("month", "left"), [("2024-01", "7"), ("all", "1,007")]))
    ['month     left', '2024-01      7', 'all      1,007']
    """
    every = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(map(width, column)) for column in zip(*every, strict=True)]
    for row in every:
        cells = (_cell(cell, wide, at < words) for at, (cell, wide) in enumerate(zip(row, widths, strict=True)))
        yield "  ".join(cells).rstrip()


def width(text: str) -> int:
    """How many places a terminal takes for it: Japanese takes two, a Thai vowel sign none.

    >>> width("abc"), width("喫茶"), width("ที่")
    (3, 4, 1)
    """
    return sum(0 if category(sign) in ("Mn", "Me", "Cf") else 1 + (east_asian_width(sign) in "WF") for sign in text)


def _cell(text: str, wide: int, word: bool) -> str:
    space = " " * (wide - width(text))
    return text + space if word else space + text


def share(value: float | None, decimals: int = 1) -> str:
    """
    >>> share(0.9166), share(None)
    ('91.7%', '–')
    """
    return UNKNOWN if value is None or isnan(value) else f"{value:.{decimals}%}"


def span(interval: Interval, decimals: int = 1) -> str:
    """A share with its interval.

    >>> from sabai.intervals import Interval
    >>> span(Interval(0.5, 0.25, 0.75), 0)
    '50% (25% – 75%)'
    """
    if isnan(interval.low):
        return share(interval.value, decimals)
    return f"{share(interval.value, decimals)} ({share(interval.low, decimals)} – {share(interval.high, decimals)})"


def days(median: Interval, not_yet: str) -> str:
    """After how many days half are, with what it may well be; what is `not_yet` is said.

    >>> from sabai.intervals import Interval
    >>> days(Interval(90.0, 80.2, float("nan")), "not half yet")
    '90 days (80 – –)'
    """
    if isnan(median.value):
        return not_yet
    low, high = (UNKNOWN if isnan(end) else f"{end:,.0f}" for end in (median.low, median.high))
    return f"{median.value:,.0f} days ({low} – {high})"
