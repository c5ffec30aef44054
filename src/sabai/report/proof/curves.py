"""Pictures in a plane: whether what was foretold came true, who is caught first, and how early the score knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, isnan

import numpy as np

from sabai.language.language import Language
from sabai.proof.gains import gains_of
from sabai.proof.lead import Lead
from sabai.proof.probability import Bin
from sabai.report.charts import thinned
from sabai.report.picture import Picture
from sabai.report.proof.told import ProofTold, Written
from sabai.report.sheet import WIDTH, Point, Scale, Sheet, runs, top_of

_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, WIDTH - 12, 26.0, 286.0
_HEIGHT = _BOTTOM + 44
_COLUMNS = 20


def reliability(told: ProofTold, language: Language) -> Picture | None:
    """What was foretold beside what came true; the rows of each group stand faintly behind."""
    bins = told.proof.forecast.bins if told.proof.forecast else ()
    bins = tuple(each for each in bins if not isnan(each.forecast + each.rate.value))
    if not bins:
        return None
    _, written, show = language.gettext, Written(language), language.show
    top = top_of(max(np.nanmax([each.forecast, each.rate.value, each.rate.high]) for each in bins))
    plane = _Plane(Scale(0, top, _LEFT, _RIGHT), Scale(0, top, _BOTTOM, _TOP), Sheet(language.rtl))
    about = (
        _(
            "%(forecast)s foretold, %(rate)s left, of %(rows)s rows.",
            forecast=show.percent(each.forecast, 1), rate=written.share(each.rate), rows=show.fixed(each.rows),
        )
        for each in bins
    )  # fmt: skip
    return Picture(
        "reliability",
        _("Does what it foretells come true?"),
        _("Each dot is a group of rows: on the dashed line as many left as foretold, above it more, below it fewer."),
        " ".join(about),
        _HEIGHT,
        _histogram(plane, bins)
        + plane.frame([0, top / 2, top], [0, top / 2, top], language)
        + plane.titles(_("foretold"), _("left"))
        + plane.sheet.line(plane.at(0, 0), plane.at(top, top), "chance")
        + "".join(_bin(plane, each) for each in bins),
    )


def _histogram(plane: _Plane, bins: Sequence[Bin]) -> str:
    """Where the rows are: groups that stand close together make one high column."""
    columns = np.zeros(_COLUMNS)
    for each in bins:
        columns[min(int(each.forecast / plane.xs.high * _COLUMNS), _COLUMNS - 1)] += each.rows
    wide, highs = (_RIGHT - _LEFT) / _COLUMNS, 70 * columns / columns.max()
    return "".join(
        plane.sheet.bar(_LEFT + wide * place + 1, _BOTTOM - high, wide - 2, high, "rows")
        for place, high in enumerate(highs.tolist())
        if high
    )


def _bin(plane: _Plane, each: Bin) -> str:
    x, y = plane.at(each.forecast, each.rate.value)
    return plane.sheet.standing(plane.ys, each.rate, x) + plane.sheet.dot(x, y, "dot")


def capture(told: ProofTold, language: Language) -> Picture | None:
    """The share of leavers that one reaches by calling the worst first."""
    curve = gains_of(told.proof)
    if not curve.rows.size:
        return None
    _, show, written, found = language.gettext, language.show, Written(language), told.proof.capture
    plane = _Plane(Scale(0, 1, _LEFT, _RIGHT), Scale(0, 1, _BOTTOM, _TOP), Sheet(language.rtl))
    drawn = thinned(np.arange(len(curve.rows), dtype=np.int32))
    line = [plane.at(*point) for point in zip(curve.rows[drawn].tolist(), curve.caught[drawn].tolist(), strict=True)]
    said = {
        worst: _("the worst %(rows)s: %(caught)s", rows=show.percent(worst / 100), caught=written.share(caught))
        for worst, caught in found.items()
    }
    worst = max(found)
    return Picture(
        "capture",
        _("Leavers reached by calling the worst first"),
        _(
            "Whoever begins with the worst %(rows)s of the scores reaches %(caught)s of those who leave; in any other "
            "order it would be %(rows)s.",
            rows=show.percent(worst / 100), caught=show.percent(found[worst].value),
        ),
        " ".join(f"{each}." for each in said.values()),
        _HEIGHT,
        plane.frame([0, 0.5, 1], [0, 0.5, 1], language)
        + plane.titles(_("of all rows, worst first"), _("of those who left"))
        + plane.sheet.line(plane.at(0, 0), plane.at(1, 1), "chance")
        + plane.sheet.path(line, "curve")
        + "".join(
            plane.sheet.standing(plane.ys, each, plane.xs.at(at / 100))
            + plane.sheet.dot(*plane.at(at / 100, each.value), "dot")
            for at, each in found.items() if not isnan(each.value)
        )
        + "".join(
            plane.sheet.text(_RIGHT - 6, _BOTTOM - 14 - 18 * place, each, "muted", "end")
            for place, each in enumerate(reversed(said.values()))
        ),
    )  # fmt: skip


def lead(told: ProofTold, language: Language) -> Picture | None:
    """How well the score tells who leaves in each later month."""
    months = told.proof.lead
    known = [each for each in months if not isnan(each.auc.value)]
    if not known:
        return None
    _, written = language.gettext, Written(language)
    lowest = min(0.4, *(each.auc.value if isnan(each.auc.low) else each.auc.low for each in known))
    low = floor(lowest * 10) / 10
    plane = _Plane(
        Scale(0.5, len(months) + 0.5, _LEFT, _RIGHT), Scale(low, 1, _BOTTOM, _TOP), Sheet(language.rtl)
    )  # fmt: skip
    about = (
        _("Month %(month)s: %(auc)s.", month=language.show.fixed(each.month + 1), auc=written.auc(each.auc))
        for each in known
    )
    return Picture(
        "lead-time",
        _("How early the score knows"),
        _(
            "How well the score tells who will leave in each later month: the longer it stays above the dashed line, "
            "the more time you have."
        ),
        " ".join(about),
        _HEIGHT,
        plane.months(months, language) + plane.titles(_("months later"), _("AUC")) + _band_of(plane, months),
    )


def _band_of(plane: _Plane, months: Sequence[Lead]) -> str:
    """A ribbon as wide as the interval, and the line in it; both have a gap where nothing is known."""

    def through(of: str) -> list[Point | None]:
        values = [getattr(each.auc, of) for each in months]
        return [None if isnan(v) else plane.at(m.month + 1, v) for m, v in zip(months, values, strict=True)]

    outlines = zip(runs(through("low")), runs(through("high")), strict=True)
    return (
        "".join(plane.sheet.path([*low, *reversed(high)], "ribbon", closed=True) for low, high in outlines)
        + "".join(plane.sheet.path(run, "curve") for run in runs(through("value")))
        + "".join(plane.sheet.dot(*point, "dot") for point in through("value") if point)
    )


@dataclass(frozen=True, slots=True)
class _Plane:
    """Two scales on a sheet, with a frame of ticks around them."""

    xs: Scale
    ys: Scale
    sheet: Sheet

    def at(self, x: float, y: float) -> Point:
        return self.xs.at(x), self.ys.at(y)

    def frame(self, xs: Sequence[float], ys: Sequence[float], language: Language) -> str:
        """Ticks that are shares, on both sides."""
        write = language.show.percent
        decimals = 1 if any(round(each * 100, 1) % 1 for each in (*xs, *ys)) else 0
        return self._across([(y, write(y, decimals)) for y in ys]) + self._below([(x, write(x, decimals)) for x in xs])

    def months(self, months: Sequence[Lead], language: Language) -> str:
        """Months below; beside, chance and certainty."""
        show = language.show
        beside = [(edge, show.number(edge, 2)) for edge in (self.ys.low, 0.75, 1.0)]
        chance = self.sheet.line((_LEFT, self.ys.at(0.5)), (_RIGHT, self.ys.at(0.5)), "chance")
        said = self.sheet.text(_LEFT + 4, self.ys.at(0.5) + 15, language.gettext("chance"), "small")
        below = self._below([(each.month + 1, show.fixed(each.month + 1)) for each in months])
        return self._across([*beside, (0.5, show.number(0.5, 2))]) + chance + said + below

    def titles(self, x: str, y: str) -> str:
        return self.sheet.text(0, _TOP - 12, y, "muted") + self.sheet.text(_RIGHT, _BOTTOM + 36, x, "muted", "end")

    def _across(self, ticks: Sequence[tuple[float, str]]) -> str:
        return "".join(
            self.sheet.line((_LEFT, self.ys.at(value)), (_RIGHT, self.ys.at(value)), "grid")
            + self.sheet.text(_LEFT - 8, self.ys.at(value) + 4, said, "small", "end")
            for value, said in ticks
        )

    def _below(self, ticks: Sequence[tuple[float, str]]) -> str:
        return "".join(
            self.sheet.text(self.xs.at(value), _BOTTOM + 18, said, "small", "middle") for value, said in ticks
        )
