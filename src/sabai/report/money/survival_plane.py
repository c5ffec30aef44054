"""The plane on which curves over days are drawn: shares beside it, time below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.axes import nice
from sabai.report.sheet import Point, Scale, Sheet

MOST = 5
DASHES = ("none", "7 4", "1 4", "10 3 1 3", "14 5")
MONTH, YEAR = 365.25 / 12, 365.25
LEFT, TOP, BOTTOM, NAMES = 44.0, 14.0, 234.0, 124.0
_TITLES = (
    (3 * YEAR, YEAR, gettext_noop("years since the start")),
    (100, MONTH, gettext_noop("months since the start")),
    (0, 1.0, gettext_noop("days since the start")),
)

Share = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Plane:
    """Where days and shares lie; lines end where names begin."""

    across: Scale
    up: Scale
    sheet: Sheet

    def at(self, day: float, share: float) -> Point:
        return self.across.at(day), self.up.at(share)


def frame(plane: Plane, longest: float, language: Language) -> str:
    """Shares beside it, time below it."""
    _, show, sheet, right = language.gettext, language.show, plane.sheet, plane.across.end
    beside = "".join(
        sheet.line((LEFT, plane.up.at(share)), (right, plane.up.at(share)), "grid")
        + sheet.text(LEFT - 6, plane.up.at(share) + 4, show.percent(share), "small", "end")
        for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    )
    unit, title = next((unit, title) for above, unit, title in _TITLES if longest >= above)
    ticks = [tick for tick in nice(0, longest / unit) if tick * unit <= longest * 1.001 and tick == int(tick)]
    below = "".join(
        sheet.text(plane.across.at(tick * unit), BOTTOM + 17, show.fixed(tick), "small", "middle") for tick in ticks
    )
    return beside + below + sheet.text(right, BOTTOM + 36, _(title), "small", "end")
