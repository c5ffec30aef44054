"""A company's own colour, as far as it can be read: in light and in dark, by whoever sees little."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Light = tuple[float, float, float]
HEX = re.compile(r"[0-9a-f]{6}", re.ASCII)
TEXT, SHAPE = 4.5, 3.0  # contrast as WCAG 2.1 AA wants it of text, and of what can be operated
STEPS = 40


@dataclass(frozen=True, slots=True)
class Theme:
    """`accent` is readable on `ground` and `card`, `on` is readable on `accent`, `soft` carries `ink`."""

    ground: str
    card: str
    ink: str
    accent: str
    on: str
    soft: str


def light(colour: str) -> Theme:
    return _theme(colour, "#f6f6f4", "#ffffff", "#1d2125")


def dark(colour: str) -> Theme:
    return _theme(colour, "#121418", "#1a1d22", "#e9e7e3")


def contrast(one: str, other: str) -> float:
    """
    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def sheet(colour: str, of: str = ":root") -> str:
    """The tokens of the public pages as a stylesheet."""
    on_dark = f"@media(prefers-color-scheme:dark){{{of}{{{_tokens(dark(colour))}}}}}"
    return f"{of}{{{_tokens(light(colour))}}}{on_dark}"


def _tokens(theme: Theme) -> str:
    named = ((name, getattr(theme, name)) for name in Theme.__slots__)
    return ";".join(f"--{name}:{value}" for name, value in named)


def _theme(colour: str, ground: str, card: str, ink: str) -> Theme:
    """Goes towards the ink until it can be read; `soft` is so little of it that the ink can be read on it."""
    accent = next(each for each in _towards(colour, ink) if _is_read(each, ground, card))
    on = max("#ffffff", "#121418", key=lambda each: contrast(each, accent))
    soft = next(each for each in _towards(_mix(card, accent, 0.14), card) if contrast(each, ink) >= 1.5 * TEXT)
    return Theme(ground, card, ink, accent, on, soft)


def _is_read(colour: str, *grounds: str) -> bool:
    on = max(contrast(each, colour) for each in ("#ffffff", "#121418"))
    return on >= TEXT and all(contrast(colour, each) >= TEXT for each in grounds)


def _towards(one: str, other: str) -> Iterator[str]:
    return (_mix(one, other, step / STEPS) for step in range(STEPS + 1))


def _mix(one: str, other: str, share: float) -> str:
    mixed = (a + (b - a) * share for a, b in zip(_parts(one), _parts(other), strict=True))
    return "#" + "".join(f"{round(255 * part):02x}" for part in mixed)


def _parts(colour: str) -> Light:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
