"""How long customers stay: one sentence, and the numbers that are read beside it."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan, nan

from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.page import Tile
from sabai.report.money.survival_table import AFTER
from sabai.report.money.survival_words import days_said
from sabai.report.money.words import share_of
from sabai.report.proof.sentence import shares
from sabai.retention.survival.survival import Survival

NOBODY_LEFT = gettext_noop("Nobody is known to have left, so nothing can be said about how long customers stay.")


def answer(found: Survival, language: Language) -> str:
    """After how long half have left; where they have not, how many are there after the longest time watched."""
    _, curve = language.gettext, found.everybody
    if not curve.left:
        return _(NOBODY_LEFT)
    if not isnan(curve.median.value):
        return _("Half of the customers stay longer than %(time)s.", time=days_said(curve.median, language))
    longest = days_said(Interval(curve.longest, nan, nan), language)
    share = share_of(curve.at(curve.longest), language)
    return _("More than half stay as long as any was watched: after %(time)s %(share)s are there.", time=longest,
             share=share)  # fmt: skip


def tiles(found: Survival, language: Language) -> Iterator[Tile]:
    _, show, curve = language.gettext, language.show, found.everybody
    first, last = show.date(found.known_from), show.date(found.until - 1)
    watched = _("watched from %(first)s to %(last)s", first=first, last=last)
    yield Tile(_("Customers"), show.fixed(curve.watched), watched)
    yield Tile(_("Customers who left"), show.fixed(curve.left), "")
    for months in (12, 24):
        share = curve.at(AFTER[months])
        if curve.left and not isnan(share.value):
            label = language.ngettext("Still there after %(num)s month", "Still there after %(num)s months", months)
            yield Tile(label, show.percent(share.value), shares(share, language))
