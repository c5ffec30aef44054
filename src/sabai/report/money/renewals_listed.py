"""Lists of what will renew: the riskiest with why, sums by group, where owners see it otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.renewals.calls import Call
from sabai.renewals.forecast import Renewals
from sabai.renewals.reasons import Reason
from sabai.renewals.renewal import Renewal
from sabai.renewals.sums import Sum
from sabai.report.cells import name, unbroken
from sabai.report.money.page import Cell, Table
from sabai.report.money.renewals_stakes import called
from sabai.report.money.words import group_called
from sabai.report.names import Named
from sabai.report.proof.sentence import span
from sabai.report.sheet import apart

MOST_RISKY, MOST_CALLS = 20, 20
APART = 0.3  # an owner and the forecast who differ by so much should talk
CALL_WORDS = {
    "renew": gettext_noop("renews"),
    "expand": gettext_noop("renews and grows"),
    "contract": gettext_noop("renews for less"),
    "churn": gettext_noop("leaves"),
}


def riskiest(found: Renewals, names: Mapping[str, Named], language: Language) -> Table:
    """By what may be lost, in money: a sure loss of little matters less than a likely one of much."""
    _ = language.gettext
    heads = [_("customer"), _("due on"), _("why"), _("owner"), _("worth"), _("renews"), _("at stake")]
    known = [each for each in found.renewals if each.p is not None and each.value_minor]
    worst = sorted(known, key=lambda each: -at_stake(each))[:MOST_RISKY]
    rows = [_risk(each, names, found.currency, language) for each in worst]
    if found.called is None:
        return Table(tuple(heads), tuple(rows), words=4)
    heads.insert(4, _("what the owner says"))
    said = (_says(each.call, language) for each in worst)
    return Table(tuple(heads), tuple((*row[:4], says, *row[4:]) for row, says in zip(rows, said, strict=True)), words=5)


def _risk(each: Renewal, names: Mapping[str, Named], currency: str, language: Language) -> tuple[Cell, ...]:
    show, due = language.show, each.due
    return (
        name(called(due.account_id, names)), unbroken(show.date(due.day)), _why(each, language),
        name(group_called("owner", due.owner, language)), show.money_short(each.value_minor, currency),
        show.percent(each.p), show.money_short(at_stake(each), currency),
    )  # fmt: skip


def at_stake(each: Renewal) -> float:
    """What may be lost: (1 − p) × value; 0 where nobody knows p."""
    return 0.0 if each.p is None else (1 - each.p) * each.value_minor


def _why(each: Renewal, language: Language) -> str:
    """What pulls its score down, worst first."""
    notice = [language.gettext("has given notice")] if each.due.notice else []
    return language.show.listed([*notice, *(_reason(reason, language) for reason in each.reasons)]) or "–"


def _reason(reason: Reason, language: Language) -> str:
    _, show = language.gettext, language.show
    if reason.points is None:
        return _("deductions of %(points)s points", points=show.fixed(reason.costs))
    return _(
        "%(factor)s %(points)s (usual %(usual)s)", factor=apart(language.called(reason.factor)),
        points=show.fixed(reason.points), usual=show.fixed(reason.usual),
    )  # fmt: skip


def _says(call: Call | None, language: Language) -> str:
    if call is None:
        return "–"
    return language.gettext(
        "%(who)s: %(call)s (%(share)s to renew)", who=apart(language.person(call.who)),
        call=language.gettext(CALL_WORDS[call.call]), share=language.show.percent(call.probability),
    )  # fmt: skip


def sums(groups: Sequence[Sum], head: str, named: Callable[[Sum], str], found: Renewals, language: Language) -> Table:
    """What is due and what is expected, group by group."""
    _, show = language.gettext, language.show

    def money(minor: float | None) -> str:
        return show.money_short(minor, found.currency)

    rows = (
        (name(named(each)), show.fixed(each.renewals), money(each.due_minor), money(each.expected_minor),
         show.percent(each.share), _span(each, found, language))
        for each in groups
    )  # fmt: skip
    heads = (head, _("renewals"), _("due"), _("expected"), _("share"), _("P10–P90"))
    return Table(heads, tuple(rows))


def _span(each: Sum, found: Renewals, language: Language) -> str:
    if each.p10_minor is None:
        return language.show.unknown
    return span(*(language.show.money_short(end, found.currency) for end in (each.p10_minor, each.p90_minor)))


def seen_otherwise(found: Renewals, names: Mapping[str, Named], language: Language) -> Table:
    """Renewals of which the owner and the forecast think so differently that they should talk."""
    _, show = language.gettext, language.show
    differ = [
        (each, each.call, abs(each.call.probability - each.p) * each.value_minor)
        for each in found.renewals
        if each.call and each.p is not None and abs(each.call.probability - each.p) >= APART
    ]
    rows = (
        (name(called(each.due.account_id, names)), _says(call, language), show.percent(each.p),
         show.money_short(each.value_minor, found.currency))
        for each, call, _much in sorted(differ, key=lambda triple: -triple[2])[:MOST_CALLS]
    )  # fmt: skip
    return Table((_("customer"), _("what the owner says"), _("the forecast"), _("worth")), tuple(rows), words=2)
