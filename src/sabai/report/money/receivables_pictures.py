"""Pictures of who owes: how old it is, how long it stands, how well it is collected, how customers pay."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.receivables.balances import APART
from sabai.receivables.habits import MANNERS
from sabai.receivables.receivables import Receivables
from sabai.report.money import in_rows, over_time
from sabai.report.picture import Picture

MOST_GROUPS = 10
AGE_WORDS = {
    "current": gettext_noop("not yet due"),
    "1-30": gettext_noop("1–30 days past due"),
    "31-60": gettext_noop("31–60 days past due"),
    "61-90": gettext_noop("61–90 days past due"),
    "90+": gettext_noop("more than 90 days past due"),
    "no due date": gettext_noop("no due day"),
    "disputed": gettext_noop("in dispute"),
    "given back": gettext_noop("refunded, no credit note"),
    "credit": gettext_noop("the customers' own money"),
}
MANNER_WORDS = {
    "early": gettext_noop("early"),
    "on time": gettext_noop("on the due day"),
    "after reminder": gettext_noop("after a reminder"),
    "late": gettext_noop("late, not reminded"),
    "unpaid": gettext_noop("not yet"),
}
_AGES = {
    "current": "came",
    "1-30": "shrank",
    "31-60": "shrank",
    "61-90": "shrank",
    "90+": "left",
    "no due date": "rows",
}
_MANNERS = {"early": "came", "on time": "grew", "after reminder": "back", "late": "shrank", "unpaid": "left"}


def ages(found: Receivables, language: Language) -> Picture | None:
    """What is owed by how long it is past due; what is not simply owed stands below, dashed."""
    _, show = language.gettext, language.show
    sums = found.ageing().row(0, named=True)
    shown = [name for name in AGE_WORDS if sums[name] or name in ("1-30", "31-60", "61-90", "90+")]
    if not any(sums[name] for name in shown):
        return None
    named = [
        (_(AGE_WORDS[name]), float(abs(sums[name])), show.money_short(sums[name], found.currency)) for name in shown
    ]
    drawn = in_rows.bars(named, language, ["unsaid" if name in APART else _AGES[name] for name in shown])
    caption = _("What is owed, by days past due. Dashed: what is not simply owed, and so in no bar above.")
    about = " ".join(f"{word}: {said}." for word, _amount, said in named)
    return Picture("ages", _("How old it is"), caption, about, drawn.height, drawn.shapes)


def days_outstanding(found: Receivables, language: Language) -> Picture | None:
    """Days sales outstanding, and the part of them that customers are late."""
    _, show = language.gettext, language.show
    if all(each.dso is None for each in found.months):
        return None
    labels = [show.month(each.first) for each in found.months]
    lines = [
        (_("days sales outstanding"), "curve", _known([each.dso for each in found.months])),
        (_("of these past due"), "dashed", _known([each.average_days_delinquent for each in found.months])),
    ]
    drawn = over_time.course(labels, lines, show.number, language)
    about = (
        _(
            "%(month)s: %(dso)s days sales outstanding, %(late)s of these past due.", month=label,
            dso=show.number(each.dso), late=show.number(each.average_days_delinquent),
        )
        for label, each in zip(labels, found.months, strict=True)
    )  # fmt: skip
    caption = _(
        "For how many days of sales the money is still out at the end of each month, and how many of these are late."
    )
    title = _("How long money is out")
    return Picture("days-outstanding", title, caption, " ".join(about), drawn.height, drawn.shapes)


def effectiveness(found: Receivables, language: Language) -> Picture | None:
    """Of what could be collected in each month, how much was."""
    _, show = language.gettext, language.show
    shares = [None if each.collection_effectiveness is None else each.collection_effectiveness / 100
              for each in found.months]  # fmt: skip
    if all(share is None for share in shares):
        return None
    labels = [show.month(each.first) for each in found.months]
    drawn = over_time.course(labels, [(_("collected"), "curve", _known(shares))], show.percent, language, most=1.0)
    caption = _("Of what could be collected in each month, how much was; what was not yet due is left out.")
    about = " ".join(f"{label}: {show.percent(share, 1)}." for label, share in zip(labels, shares, strict=True))
    return Picture("collected", _("How well it is collected"), caption, about, drawn.height, drawn.shapes)


def manners(groups: Sequence[tuple[str, Sequence[int]]], language: Language) -> Picture | None:
    """How invoices that fell due were paid, in all and apart; `groups` are names with counts of MANNERS."""
    _, show = language.gettext, language.show
    groups = [(called, counts) for called, counts in groups if sum(counts)][: MOST_GROUPS + 1]
    if not groups:
        return None
    named = [(called, counts, _("n = %(n)s", n=show.fixed(sum(counts)))) for called, counts in groups]
    drawn = in_rows.parts(named, [(_(MANNER_WORDS[manner]), _MANNERS[manner]) for manner in MANNERS], language)
    caption = _("Of the invoices whose due day has passed, how many were paid when; n says how many they are.")
    about = " ".join(f"{called}: {_said(counts, language)}." for called, counts in groups)
    return Picture("manners", _("How they pay"), caption, about, drawn.height, drawn.shapes)


def _said(counts: Sequence[int], language: Language) -> str:
    show, whole = language.show, sum(counts)
    return ", ".join(
        f"{language.gettext(MANNER_WORDS[manner])} {show.percent(count / whole)}"
        for manner, count in zip(MANNERS, counts, strict=True)
    )


def _known(values: Sequence[float | None]) -> list[Interval]:
    """Exact figures: they have no interval."""
    return [Interval(nan if value is None else value, nan, nan) for value in values]
