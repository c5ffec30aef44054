"""How likely each amount is that may renew, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from sabai.language.language import Language
from sabai.renewals.distribution import Distribution
from sabai.renewals.forecast import Renewals
from sabai.renewals.sums import distributed
from sabai.report.money import over_time
from sabai.report.money.drawn import Series
from sabai.report.money.words import amount_at_axis
from sabai.report.picture import Picture

PARTS = 20
_BEYOND = 0.002  # of all chance is left to the first part, so that the picture does not begin at nothing


def all_that_may_come(found: Renewals, title: str, language: Language) -> Picture | None:
    """How likely each amount is, and which of them lie between P10 and P90; None where no chance is known."""
    known = distributed(found.renewals, found.shock.tau)
    if known is None or not known.whole_minor:
        return None
    _, show = language.gettext, language.show
    write = partial(amount_at_axis, currency=found.currency, language=language)
    edges = parts(known)
    labels = [write((low + high) / 2) for low, high in pairwise(edges)]
    chances = likely(known, edges)
    within = [high >= known.quantile(0.1) and low <= known.quantile(0.9) for low, high in pairwise(edges)]
    inside, outside = (_only(chances, within, side) for side in (True, False))
    series = [Series(_("from P10 to P90"), "came", inside), Series(_("beyond"), "grew", outside)]
    drawn = over_time.flows(labels, series, [], show.percent, language)
    caption = _("How likely it is that so much renews: in 80 of 100 cases it lies from P10 to P90.")
    about = " ".join(f"{label}: {show.percent(chance, 1)}." for label, chance in zip(labels, chances, strict=True))
    return Picture("may-come", title, caption, about, drawn.height, drawn.shapes)


def parts(known: Distribution) -> list[float]:
    """The edges of equal parts, from what is next to certain to all that is due."""
    first = min(known.quantile(_BEYOND), known.whole_minor * (1 - 1 / PARTS))
    wide = (known.whole_minor - first) / PARTS
    return [first + wide * place for place in range(PARTS + 1)]


def likely(known: Distribution, edges: Sequence[float]) -> list[float]:
    """The chance of each part; what lies before the first edge belongs to the first part."""
    reached = [0.0, *(known.at_most(edge) for edge in edges[1:-1]), 1.0]
    return [after - before for before, after in pairwise(reached)]


def _only(chances: Sequence[float], within: Sequence[bool], side: bool) -> list[float]:
    return [chance if inside is side else 0.0 for chance, inside in zip(chances, within, strict=True)]
