"""Pictures of who stays: came and left, how the loss ran, where it is worse, why they left."""

from __future__ import annotations

from collections import Counter
from functools import partial

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money import in_rows, over_time
from sabai.report.money.drawn import Series
from sabai.report.money.words import counted, group_called, period_names, share_of, tick
from sabai.report.picture import Picture
from sabai.report.sheet import top_of
from sabai.retention.benchmarks import comparable
from sabai.retention.kept import Kept

MOST_GROUPS, MOST_REASONS = 12, 10
HOW_WORDS = {
    "voluntary": gettext_noop("left by choice"),
    "involuntary": gettext_noop("a payment failed"),
    "not said": gettext_noop("nobody says how"),
}
_KINDS = {"voluntary": "left", "involuntary": "shrank", "not said": "unsaid"}


def came_and_left(found: Kept, language: Language) -> Picture:
    """New and returning customers above the line, lost ones below."""
    _, show = language.gettext, language.show
    labels = period_names(found.periods, language)
    ups = [
        Series(_("new"), "came", [each.new for each in found.each]),
        Series(_("came back"), "back", [each.came_back for each in found.each]),
    ]
    downs = [Series(_(HOW_WORDS[how]), kind, [each[how] for each in found.how]) for how, kind in _KINDS.items()]
    drawn = over_time.flows(labels, ups, downs, show.fixed, language)
    about = (
        _(
            "%(period)s: %(new)s came, %(lost)s left.",
            period=label, new=show.fixed(each.new + each.came_back), lost=show.fixed(each.lost),
        )
        for label, each in zip(labels, found.each, strict=True)
    )  # fmt: skip
    caption = _("Customers who came in each period stand above the line, those who left below it.")
    return Picture("came-and-left", _("Came and left"), caption, " ".join(about), drawn.height, drawn.shapes)


def churn_course(found: Kept, language: Language) -> Picture | None:
    """The share lost in each period, how sure it is, and what others lose."""
    _ = language.gettext
    if not any(each.start for each in found.each):
        return None
    labels, churn = period_names(found.periods, language), [each.churn for each in found.each]
    others = [each for each in comparable(found) if each.name == "churn"]
    beside = (_("others"), others[0].value) if others else None
    drawn = over_time.course(
        labels, [(_("lost"), "curve", churn)], partial(tick, language=language), language, beside, most=1.0
    )
    about = " ".join(f"{label}: {share_of(each, language)}." for label, each in zip(labels, churn, strict=True))
    caption = _(
        "The share of customers lost in each period, of those there at its start; the ribbon shows how sure it is."
    )
    return Picture("churn", _("How the loss ran"), caption, about, drawn.height, drawn.shapes)


def by_group(found: Kept, by: str, title: str, language: Language) -> Picture | None:
    """The share lost in a period by the largest groups, the worst first."""
    _, show = language.gettext, language.show
    largest = sorted((each for each in found.groups if each.each.start), key=lambda each: -each.each.start)[
        :MOST_GROUPS
    ]
    if not largest:
        return None
    shown = sorted(largest, key=lambda each: -each.each.churn.value)
    named = [
        (group_called(by, each.name, language), of.churn, counted(of.churn.value, of.start, language))
        for each, of in ((each, each.each) for each in shown)
    ]
    top = top_of(max(each.each.churn.high for each in shown))
    drawn = in_rows.rows(named, show.percent, language, top, found.all_periods.churn.value)
    caption = _(
        "The share lost in a period, the worst first; the dashed line is that of all customers, n how many were there."
    )
    about = " ".join(f"{each}: {said}." for each, _span, said in named)
    return Picture("groups", title, caption, about, drawn.height, drawn.shapes)


def reasons(found: Kept, language: Language) -> Picture | None:
    """How often each reason was written down."""
    if not found.churned:
        return None
    _, show, left = language.gettext, language.show, len(found.churned)
    counts = Counter(each.reason or _("no reason noted") for each in found.churned).most_common(MOST_REASONS)
    named = [
        (reason, float(n), _("%(count)s, %(share)s", count=show.fixed(n), share=show.percent(n / left)))
        for reason, n in counts
    ]
    drawn = in_rows.bars(named, language)
    caption = _("The reasons that were written down, the most frequent first.")
    about = " ".join(f"{reason}: {said}." for reason, _count, said in named)
    return Picture("reasons", _("Why they left"), caption, about, drawn.height, drawn.shapes)
