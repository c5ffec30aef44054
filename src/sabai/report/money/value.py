"""What customers are worth, as a page: how sure, who stays, on whom it hangs, what to win, and why not 1 ÷ churn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.language.language import Language, speak
from sabai.report.money import value_listed as listed
from sabai.report.money.page import Page, Section, Tile, write_page
from sabai.report.money.value_cards import costs, curves, held_out, naive, points, referred, segments
from sabai.report.money.value_notices import NAIVE, noticed
from sabai.report.money.value_pictures import on_whom
from sabai.report.money.value_words import ends_of, short_money, worth_of
from sabai.report.money.workbook.value import value_sheets
from sabai.value.values import Values


def write_value(found: Values, definitions: Definitions, folder: Path, lang: str) -> Path:
    """value.html, pictures and tables into `folder`; UsageError for a language that is not spoken."""
    language = speak(lang).calling(definitions.labels)
    page, sheets = value_page(found, language), value_sheets(found, language)
    return write_page(page, listed.tables(found), definitions, folder, language, sheets)


def value_page(found: Values, language: Language) -> Page:
    """All of it in one language."""
    notices = tuple(noticed(each, language) for each in found.notices if each not in NAIVE)
    return Page(
        "value", language.gettext("What are customers worth?"), _answer(found, language),
        tuple(_tiles(found, language)), tuple(_sections(found, language)), notices,
    )  # fmt: skip


def _answer(found: Values, language: Language) -> str:
    _ = language.gettext
    if found.total.value_minor is None:
        return _("What customers are worth cannot be told: too little was seen of them.")
    told = {
        "customers": language.ngettext("%(num)s customer", "%(num)s customers", found.segments[0].valued),
        "worth": worth_of(found.total, found, language),
        "naive": short_money(found.naive_minor, found, language),
    }
    if found.horizon_months is None:
        return _("%(customers)s will yet bring %(worth)s; the naive 1 ÷ churn would say %(naive)s.", **told)
    return language.ngettext(
        "%(customers)s will yet bring %(worth)s within %(num)s month; going on as so far would say %(naive)s.",
        "%(customers)s will yet bring %(worth)s within %(num)s months; going on as so far would say %(naive)s.",
        found.horizon_months, **told,
    )  # fmt: skip


def _tiles(found: Values, language: Language) -> Iterator[Tile]:
    _, show, every = language.gettext, language.show, found.segments[0]
    yield Tile(
        _("Worth in all"), short_money(found.total.value_minor, found, language),
        ends_of(found.total, found, language),
    )  # fmt: skip
    yield Tile(
        _("Worth of a customer"), short_money(every.mean.value_minor, found, language),
        ends_of(every.mean, found, language),
    )  # fmt: skip
    new, to_win = (short_money(minor, found, language) for minor in (every.new_minor, every.cost_to_win_minor))
    won = _("a new one is worth %(worth)s and costs %(cost)s to win", worth=new, cost=to_win)
    unknown = _("what it costs to win a customer is not known")
    yield Tile(_("CLV : CAC"), show.fixed(every.ratio, 1), won if every.ratio is not None else unknown)
    if found.points:
        one = found.points[0]
        share = _("%(share)s of all that customers are worth", share=show.percent(one.share, 1))
        yield Tile(_("One point of retention"), short_money(one.gain_minor, found, language), share)


def _sections(found: Values, language: Language) -> Iterator[Section]:
    _ = language.gettext
    nobody = _("Nobody has a value.")
    yield segments(found, nobody, language)
    yield naive(found, nobody, language)
    yield from curves(found, language)
    yield points(found, language)
    yield costs(found, language)
    yield Section("few", _("On whom it hangs"), picture=on_whom(found, language), missing=nobody)
    yield Section(
        "vip", _("The most valuable customers"), table=listed.most_valuable(found, language), wide=True, missing=nobody
    )
    yield referred(found, found.referrals, language)
    yield held_out(found, language)
    yield Section(
        "models", _("The models"), table=listed.models(found, language), wide=True, folded=_("Every number"),
        missing=_("No model was fitted."),
    )  # fmt: skip
