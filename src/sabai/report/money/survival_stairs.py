"""Curves that step down or up over days, each with its ribbon, told apart by dashes and by the name at their end."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from sabai.language.language import Language
from sabai.report.money.drawn import Drawn
from sabai.report.money.survival_names import names_at_ends
from sabai.report.money.survival_plane import BOTTOM, DASHES, LEFT, NAMES, TOP, Plane, Share, frame
from sabai.report.sheet import WIDTH, Point, Scale, Sheet
from sabai.retention.survival.kaplan_meier import Curve


def stairs(curves: Sequence[tuple[str, Curve]], language: Language, rising: bool = False) -> Drawn:
    """At most MOST of them; `rising` shows those that are no longer there: who has had what they waited for."""
    ends = (_last_step(curve) * 1.2 if rising else curve.longest for _, curve in curves)  # who waits on adds nothing
    longest = max(ends, default=0.0) or 1.0
    right = WIDTH - (NAMES if len(curves) > 1 else 8)
    plane = Plane(Scale(0, longest, LEFT, right), Scale(0, 1, BOTTOM, TOP), Sheet(language.rtl))
    turned: Share = (lambda share: 1 - share) if rising else (lambda share: share)
    drawn = "".join(_ribbon(plane, curve, turned, len(curves)) for _, curve in curves)
    for (_, curve), dashes in zip(curves, DASHES, strict=False):
        drawn += f'<g stroke-dasharray="{dashes}">{plane.sheet.path(_steps(plane, curve, turned), "curve")}</g>'
    names = names_at_ends(plane, curves, turned) if len(curves) > 1 else ""
    return Drawn(frame(plane, longest, language) + drawn + names, BOTTOM + 42)


def _last_step(curve: Curve) -> float:
    return min(float(curve.days[-1]), curve.longest) if len(curve.days) else curve.longest


def _steps(plane: Plane, curve: Curve, turned: Share) -> list[Point]:
    shares = [(curve.since, 1.0), *zip(curve.days.tolist(), curve.survival.tolist(), strict=True)]
    return _level(plane, shares, curve.longest, turned)


def _level(plane: Plane, shares: Sequence[tuple[float, float]], end: float, turned: Share) -> list[Point]:
    """Level until the next day, then up or down, until the day `end`; of the steps on one dot of the sheet the last."""
    seen = {round(plane.across.at(day) * 2): plane.at(day, turned(share)) for day, share in shares[1:]}
    found = [plane.at(shares[0][0], turned(shares[0][1]))]
    for x, y in seen.values():
        found += [(x, found[-1][1]), (x, y)]
    return [*found, (plane.across.at(end), found[-1][1])]


def _ribbon(plane: Plane, curve: Curve, turned: Share, of: int) -> str:
    """As wide as the interval; nothing where it is not known. Several lie on each other, so each is fainter."""
    limits = zip(curve.days.tolist(), curve.low.tolist(), curve.high.tolist(), strict=True)
    known = [(day, low, high) for day, low, high in limits if not isnan(low + high)]
    if not known:
        return ""
    low, high = ([(curve.since, 1.0), *((each[0], each[of]) for each in known)] for of in (1, 2))
    end = curve.longest if len(known) == len(curve.days) else known[-1][0]
    lower, upper = (_level(plane, side, end, turned) for side in (low, high))
    path = plane.sheet.path([*lower, *reversed(upper)], "ribbon", closed=True)
    return path if of == 1 else f'<g opacity="{0.55 if of < 4 else 0.4}">{path}</g>'
