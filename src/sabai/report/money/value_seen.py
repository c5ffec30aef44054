"""What was seen of renewals, to stand beside the curves that were fitted to it."""

from __future__ import annotations

from functools import partial
from math import exp, log, nan, sqrt

import numpy as np

from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.report.money import over_time
from sabai.report.money.value_words import model_name
from sabai.report.money.words import tick
from sabai.report.picture import Picture
from sabai.value.curve import NAMES, Curve
from sabai.value.curve_fit import Renewals
from sabai.value.values import ModelTold

_Z = 1.959963984540054  # the normal quantile of .975
_LEAST_AHEAD = 4  # renewals that a curve goes beyond what was seen


def survived(seen: Renewals) -> list[Interval]:
    """S(0), S(1), … as it was seen, with Greenwood's intervals on the log-log scale; as far as somebody was asked.

    >>> [round(each.value, 3) for each in survived(Renewals.of_survivors([1000, 869, 743]))]
    [1.0, 0.869, 0.743]
    """
    found, share, variance = [Interval(1.0, nan, nan)], 1.0, 0.0
    for asked, renewed in zip(seen.asked.tolist(), seen.renewed.tolist(), strict=True):
        if not (asked and renewed):
            break
        share *= renewed / asked
        variance += (asked - renewed) / (asked * renewed)
        found.append(_sure(share, variance))
    return found


def _sure(share: float, variance: float) -> Interval:
    if share >= 1:
        return Interval(share, nan, nan)
    wide = _Z * sqrt(variance) / -log(share)
    return Interval(share, share ** exp(wide), share ** exp(-wide))


def foretold(told: ModelTold, seen: Renewals) -> list[Interval]:
    """S(0), S(1), … as the model has it, some way beyond the last renewal that was seen."""
    model = next(name for name in NAMES if name == told.model)
    curve = Curve(model, tuple(told.parameters[name] for name in NAMES[model]))
    ahead = seen.last + max(_LEAST_AHEAD, seen.last // 2)
    return [Interval(share, nan, nan) for share in curve.survival(np.arange(float(ahead + 1))).tolist()]


def stays(told: ModelTold, seen: Renewals, name: str, title: str, language: Language) -> Picture:
    """Who is still there after so many renewals, as it was seen and as the model carries it on."""
    _, show = language.gettext, language.show
    observed, model = survived(seen), foretold(told, seen)
    labels = [show.fixed(number) for number in range(len(model))]
    lines = [(_("as it was seen"), "curve", observed), (model_name(told, language), "dashed", model)]
    drawn = over_time.course(labels, lines, partial(tick, language=language), language, most=1.0)
    about = " ".join(
        _(
            "Renewal %(number)s: seen %(seen)s, foretold %(foretold)s.", number=label,
            seen=show.percent(observed[place].value if place < len(observed) else None),
            foretold=show.percent(each.value),
        )
        for place, (label, each) in enumerate(zip(labels, model, strict=True))
    )  # fmt: skip
    caption = _("The share that is still there after so many renewals; the ribbon shows how sure it is.")
    return Picture(name, title, caption, about, drawn.height, drawn.shapes)
