"""Pictures of recurring revenue: from then to now, what moved it, how much stayed, on whom it hangs, apart by group."""

from __future__ import annotations

from functools import partial
from math import isnan

from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money import in_rows, over_time
from sabai.report.money.axes import nice
from sabai.report.money.drawn import Series
from sabai.report.money.words import (
    amount_at_axis,
    counted,
    group_called,
    period_names,
    share_of,
    signed_money,
    tick,
)
from sabai.report.picture import Picture
from sabai.retention.earned import Earned

MOST_GROUPS = 12
WORDS = {
    "new": gettext_noop("new"),
    "reactivation": gettext_noop("came back"),
    "expansion": gettext_noop("expansion"),
    "contraction": gettext_noop("contraction"),
    "churn": gettext_noop("churn"),
    "exchange": gettext_noop("exchange"),
}
_KINDS = {
    "new": "came", "reactivation": "back", "expansion": "grew", "contraction": "shrank", "churn": "left",
    "exchange": "swayed",
}  # fmt: skip
_CAME, _WENT = ("new", "expansion", "reactivation"), ("churn", "contraction")


def from_then_to_now(found: Earned, language: Language) -> Picture | None:
    """The year as steps from its start to its end."""
    _, show, lately = language.gettext, language.show, found.lately
    if not (lately.start_minor or lately.end_minor):
        return None
    first, last = (show.date(int(day)) for day in found.year.bounds)
    amounts = {kind: getattr(lately, f"{kind}_minor") * (-1 if kind in _WENT else 1) for kind in WORDS}
    began, ended = (
        (day, "ground", float(minor), show.money_short(minor, found.currency))
        for day, minor in ((first, lately.start_minor), (last, lately.end_minor))
    )
    middle = [
        (_(WORDS[kind]), _KINDS[kind], float(amount), signed_money(amount, found.currency, language))
        for kind, amount in amounts.items()
        if amount
    ]
    steps = [began, *middle, ended]
    drawn = in_rows.steps(steps, language)
    caption = _("Recurring revenue a month: each bar begins where the one above it ended.")
    about = " ".join(f"{word}: {said}." for word, _kind, _amount, said in steps)
    return Picture("then-to-now", _("From then to now"), caption, about, drawn.height, drawn.shapes)


def moved(found: Earned, language: Language) -> Picture | None:
    """What came stands above the line, what went below."""
    _, show = language.gettext, language.show
    if not any(each.start_minor or each.end_minor for each in found.each):
        return None
    labels = period_names(found.periods, language)

    def series(kind: str) -> Series:
        return Series(_(WORDS[kind]), _KINDS[kind], [getattr(each, f"{kind}_minor") for each in found.each])

    ups, downs = ([series(kind) for kind in kinds] for kinds in (_CAME, _WENT))
    swayed = [each.exchange_minor for each in found.each]
    ups.append(Series(_("gained by exchange"), "swayed", [max(amount, 0) for amount in swayed]))
    downs.append(Series(_("lost by exchange"), "swayed", [max(-amount, 0) for amount in swayed]))
    write = partial(amount_at_axis, currency=found.currency, language=language)
    drawn = over_time.flows(labels, ups, downs, write, language)
    about = (
        _(
            "%(period)s: %(came)s came, %(went)s went.", period=label,
            came=show.money_short(each.new_minor + each.expansion_minor + each.reactivation_minor, found.currency),
            went=show.money_short(each.contraction_minor + each.churn_minor, found.currency),
        ) + _exchange(each.exchange_minor, found, language)
        for label, each in zip(labels, found.each, strict=True)
    )  # fmt: skip
    caption = _("Recurring revenue that came in each period stands above the line, what went below it.")
    return Picture("movements", _("What moved it"), caption, " ".join(about), drawn.height, drawn.shapes)


def _exchange(minor: int, found: Earned, language: Language) -> str:
    if not minor:
        return ""
    return " " + language.gettext("Exchange: %(amount)s.", amount=signed_money(minor, found.currency, language))


def stayed(found: Earned, language: Language) -> Picture | None:
    """Gross and net retention of each period."""
    _ = language.gettext
    if all(isnan(each.gross.value) for each in found.each):
        return None
    labels = period_names(found.periods, language)
    bare = [Interval(each.gross.value, float("nan"), float("nan")) for each in found.each]
    lines = [(_("net"), "curve", [each.net for each in found.each]), (_("gross"), "dashed", bare)]
    drawn = over_time.course(labels, lines, partial(tick, language=language), language, (_("nothing lost"), 1.0))
    about = (
        _(
            "%(period)s: net %(net)s, gross %(gross)s.",
            period=label, net=share_of(each.net, language), gross=share_of(each.gross, language),
        )
        for label, each in zip(labels, found.each, strict=True)
    )  # fmt: skip
    caption = _(
        "The share of the revenue at the start of each period that was there at its end; the ribbon shows how sure net "
        "is."
    )
    return Picture("stayed", _("How much stayed"), caption, " ".join(about), drawn.height, drawn.shapes)


def on_whom(found: Earned, language: Language) -> Picture | None:
    """The customers who pay most."""
    _, show = language.gettext, language.show
    if not found.largest:
        return None
    named = [(called, part, show.percent(part, 1)) for _account, called, part in found.largest]
    drawn = in_rows.bars(named, language)
    caption = _(
        "The customers who pay most, with their share of all; it is spread as over %(count)s equal ones.",
        count=show.fixed(found.concentration.effective),
    )
    about = " ".join(f"{called}: {said}." for called, _part, said in named)
    return Picture("on-whom", _("On whom it hangs"), caption, about, drawn.height, drawn.shapes)


def by_group(found: Earned, by: str, title: str, language: Language) -> Picture | None:
    """Net revenue retention of the largest groups, the lowest first."""
    _, show = language.gettext, language.show
    known = [(called, each) for called, each in found.groups if not isnan(each.net.value)]
    largest = sorted(known, key=lambda each: -each[1].start_minor)[:MOST_GROUPS]
    if not largest:
        return None
    named = [
        (group_called(by, called, language), each.net, counted(each.net.value, each.customers, language))
        for called, each in sorted(largest, key=lambda each: each[1].net.value)
    ]
    highs = [max(net.value, 0 if isnan(net.high) else net.high) for _called, net, _said in named]
    drawn = in_rows.rows(named, show.percent, language, nice(0, max(highs))[-1], 1.0)
    caption = _("Net revenue retention, the lowest first; on the dashed line nothing was lost.")
    about = " ".join(f"{called}: {said}." for called, _net, said in named)
    return Picture("groups", title, caption, about, drawn.height, drawn.shapes)
