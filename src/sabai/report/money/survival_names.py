"""The names of curves at their ends, so that none needs its colour to be known."""

from __future__ import annotations

from collections.abc import Sequence

from sabai.report.money.survival_plane import BOTTOM, DASHES, TOP, Plane, Share
from sabai.report.sheet import apart
from sabai.retention.survival.kaplan_meier import Curve


def names_at_ends(plane: Plane, curves: Sequence[tuple[str, Curve]], turned: Share) -> str:
    """Each beside the end of its line, apart from the others, with a piece of its dashes before it."""
    ends = [plane.at(curve.longest, turned(curve.survival[-1] if len(curve.survival) else 1.0)) for _, curve in curves]
    order = sorted(range(len(ends)), key=lambda place: ends[place][1])
    heights = _spread([ends[place][1] for place in order])
    x, found = plane.across.end + 6, ""
    for place, y in zip(order, heights, strict=True):
        sample = plane.sheet.line((x, y), (x + 20, y), "curve")
        found += (
            plane.sheet.path([ends[place], (x - 2, y)], "hair")
            + f'<g stroke-dasharray="{DASHES[place]}">{sample}</g>'
            + plane.sheet.text(x + 25, y + 4, apart(curves[place][0], 15), "small")
        )
    return found


def _spread(heights: Sequence[float], gap: float = 16.0) -> list[float]:
    """The same, in order, no two nearer than `gap`, and none below the sheet.

    >>> _spread([100.0, 104.0, 230.0, 232.0])
    [100.0, 116.0, 218.0, 234.0]
    """
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + gap if found else TOP))
    for place in reversed(range(len(found))):
        below = found[place + 1] - gap if place + 1 < len(found) else BOTTOM
        found[place] = min(found[place], below)
    return found
