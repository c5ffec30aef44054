"""What will renew, as a page: how much and how surely, who is at risk and why, where work pays, who was right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.language.language import Language, speak
from sabai.renewals.forecast import Renewals
from sabai.renewals.judgement import Judgement
from sabai.report.money import renewals_listed as listed
from sabai.report.money.page import Page, Section, Tile, write_page
from sabai.report.money.renewals_cards import Names, calls, ends, groups, inaction, money, months, whales
from sabai.report.money.renewals_judged import who_was_right
from sabai.report.money.renewals_notices import noticed
from sabai.report.money.renewals_spread import all_that_may_come
from sabai.report.money.renewals_sure import told_how_sure


def write_renewals(
    found: Renewals, names: Names, told: Judgement | None, definitions: Definitions, folder: Path, lang: str
) -> Path:
    """renewals.html and pictures into `folder`; `told` judges forecasts of before. UsageError for a language that is
    not spoken."""
    language = speak(lang).calling(definitions.labels)
    return write_page(renewals_page(found, names, told, language), {}, definitions, folder, language)


def renewals_page(found: Renewals, names: Names, told: Judgement | None, language: Language) -> Page:
    """All of it in one language."""
    notices = [noticed(each, language) for each in (*found.notices, *(told.notices if told else ()))]
    return Page(
        "renewals", language.gettext("What will renew?"), _answer(found, language), tuple(_tiles(found, language)),
        tuple(_sections(found, names, told, language)), tuple(notices),
    )  # fmt: skip


def _answer(found: Renewals, language: Language) -> str:
    _, whole = language.gettext, found.total
    until = language.show.date(found.until)
    if not found.renewals:
        return _("Nothing with a term of more than a month is due by %(date)s.", date=until)
    due = money(whole.due_minor, found, language)
    if whole.expected_minor is None:
        return _("%(due)s is due by %(date)s; what of it will renew cannot be told.", due=due, date=until)
    return _(
        "Of %(due)s due by %(date)s, %(expected)s (%(span)s) is expected to renew.", due=due, date=until,
        expected=money(whole.expected_minor, found, language), span=ends(whole, found, language),
    )  # fmt: skip


def _tiles(found: Renewals, language: Language) -> Iterator[Tile]:
    _, whole = language.gettext, found.total
    yield Tile(
        _("Due"), money(whole.due_minor, found, language),
        language.ngettext("%(num)s renewal", "%(num)s renewals", whole.renewals),
    )  # fmt: skip
    known = whole.expected_minor is not None
    sure = _("%(span)s in 80 of 100 cases", span=ends(whole, found, language))
    yield Tile(_("Expected"), money(whole.expected_minor, found, language), sure if known else "")
    risk = None if whole.expected_minor is None else whole.due_minor - whole.expected_minor
    yield Tile(_("At risk"), money(risk, found, language), _("what is due, less what is expected"))
    leaving = sum(each.due.notice for each in found.renewals)
    yield Tile(
        _("Under notice"), money(found.notice_minor, found, language),
        language.ngettext("%(num)s renewal", "%(num)s renewals", leaving),
    )  # fmt: skip


def _sections(found: Renewals, names: Names, told: Judgement | None, language: Language) -> Iterator[Section]:
    _ = language.gettext
    yield months(found, language)
    title = _("All that may come")
    yield Section(
        "may-come", title, picture=all_that_may_come(found, title, language),
        notes=tuple(told_how_sure(found, language)), missing=_("How likely it is cannot be told."),
    )  # fmt: skip
    yield Section(
        "riskiest", _("Where most is at stake"), table=listed.riskiest(found, names, language), wide=True,
        missing=_("Nobody is known to be at risk."),
    )  # fmt: skip
    yield inaction(found, names, language)
    yield whales(found, names, language)
    yield from groups(found, language)
    yield calls(found, names, language)
    yield from who_was_right(told, found.currency, language)
