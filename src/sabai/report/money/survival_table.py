"""How many are still there after 1, 3, 6, 12 and 24 months, group by group, each with how many it was told of."""

from __future__ import annotations

from math import isnan

import numpy as np
from markupsafe import Markup

from sabai.language.language import Language
from sabai.report.cells import name
from sabai.report.money.page import Cell, Table
from sabai.report.money.survival_words import days_said, level_word
from sabai.report.money.words import group_word
from sabai.report.proof.sentence import shares
from sabai.retention.survival.kaplan_meier import Curve
from sabai.retention.survival.survival import Survival

AFTER = {1: 30, 3: 91, 6: 183, 12: 365, 24: 730}
"""Months and the day on which they are over."""


def still_there(found: Survival, language: Language) -> Table:
    """All customers first, then the groups, the largest first; empty where nobody is known to have left."""
    _ = language.gettext
    after = (language.ngettext("after %(num)s month", "after %(num)s months", months) for months in AFTER)
    head = group_word(found.by, language) if found.by else ""
    heads = (head, _("customers"), _("lost"), *after, _("half stay longer than"))
    groups = sorted((curve for curve in found.groups if curve.watched), key=lambda curve: -curve.watched)
    named = [(Markup("{}").format(_("all")), found.everybody)]
    named += [(Markup("{}").format(name(level_word(curve.name, language, found.by or ""))), curve) for curve in groups]
    return Table(heads, tuple(_row(*each, language) for each in named) if found.everybody.left else ())


def _row(called: Markup, curve: Curve, language: Language) -> tuple[Cell, ...]:
    show = language.show
    after = (_share(curve, day, language) for day in AFTER.values())
    return called, show.fixed(curve.watched), show.fixed(curve.left), *after, median(curve, language)


def _share(curve: Curve, day: int, language: Language) -> Cell:
    share = curve.at(day)
    if isnan(share.value):
        return language.show.unknown
    show = language.show
    many = language.gettext("n = %(n)s", n=show.fixed(told_of(curve, day)))
    return Markup("{}<small>{}</small><small>{}</small>").format(
        show.percent(share.value), shares(share, language), many
    )


def told_of(curve: Curve, day: float) -> int:
    """How many were watched when the last of those left that had left by then; before anybody has, all at first."""
    if not len(curve.at_risk):
        return curve.watched
    place = int(np.searchsorted(curve.days, day, side="right")) - 1
    return int(curve.at_risk[max(place, 0)])


def median(curve: Curve, language: Language) -> str:
    """After how long half have left."""
    if isnan(curve.median.value):
        return language.gettext("not half yet")
    return days_said(curve.median, language)
