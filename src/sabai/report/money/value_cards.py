"""Cards of what customers are worth: by segment, why not naively, who stays, points, costs, referrals, hold-out."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.language.language import Language
from sabai.report.money import value_listed as listed
from sabai.report.money import value_pictures as pictures
from sabai.report.money.page import Section
from sabai.report.money.value_notices import NAIVE, noticed
from sabai.report.money.value_seen import stays
from sabai.report.money.value_words import model_of, worth_of
from sabai.report.money.words import group_word
from sabai.value.values import Referrals, Values

MOST_CURVES = 4


def segments(found: Values, nobody: str, language: Language) -> Section:
    _ = language.gettext
    title = _("Apart by %(group)s", group=group_word(found.by, language)) if found.by else _("Worth of a customer")
    return Section(
        "segments", title, picture=pictures.by_segment(found, title, language), missing=nobody,
        table=listed.segments(found, language), folded=_("In numbers"),
    )  # fmt: skip


def naive(found: Values, nobody: str, language: Language) -> Section:
    """The number that everybody prints, as a warning, with why it is wrong."""
    title = language.gettext("Why not simply 1 ÷ churn")
    if found.family == "purchases":
        title = language.gettext("Why not simply as so far")
    why = tuple(noticed(each, language) for each in found.notices if each in NAIVE)
    return Section("naive", title, picture=pictures.naive(found, title, language), notes=why, missing=nobody)


def curves(found: Values, language: Language) -> Iterator[Section]:
    """One for each model of renewals, those of most customers first."""
    _, seen = language.gettext, found.renewals
    largest = sorted((each for each in found.models if each.of in seen), key=lambda each: -each.customers)
    for number, told in enumerate(largest[:MOST_CURVES], 1):
        title = _("Who stays: %(group)s", group=model_of(told, language))
        yield Section(f"stays-{number}", title, picture=stays(told, seen[told.of], f"stays-{number}", title, language))


def points(found: Values, language: Language) -> Section:
    title = language.gettext("What a point of retention is worth")
    missing = language.gettext("It cannot be told without contracts, or without a curve of who renews.")
    return Section("points", title, picture=pictures.points(found, title, language), missing=missing)


def costs(found: Values, language: Language) -> Section:
    _, table = language.gettext, listed.costs(found, language)
    a_new = _("A new customer is taken from its first payment on; costs are those of the last twelve whole months.")
    return Section(
        "costs", _("To win and to keep"), table=table, notes=(a_new,) if table.rows else (),
        wide=True, missing=_("No costs are known: map a source to the table `costs`."),
    )  # fmt: skip


def referred(found: Values, told: Referrals | None, language: Language) -> Section:
    _, show = language.gettext, language.show
    title = _("What referrals brought")
    if told is None:
        return Section("referred", title, missing=_("Nobody is known to have recommended you to somebody."))
    brought = _(
        "%(customers)s came by recommendation; %(here)s of them are customers now, worth %(worth)s.",
        customers=language.ngettext("%(num)s customer", "%(num)s customers", told.came),
        here=show.fixed(told.here), worth=worth_of(told.total, found, language),
    )  # fmt: skip
    waiting = _("Named by somebody, and not yet a customer: %(count)s.", count=show.fixed(told.accounts - told.came))
    if not told.came:
        return Section("referred", title, missing=waiting)
    notes = (brought, waiting) if told.accounts > told.came else (brought,)
    return Section(
        "referred", title, table=listed.referrers(told, found, language), folded=_("Who recommended you"), notes=notes,
    )  # fmt: skip


def held_out(found: Values, language: Language) -> Section:
    _, later, title = language.gettext, found.held_out, language.gettext("Was it right so far?")
    if later is None:
        return Section("held-out", title, missing=_("There is too little history to hold a part of it out."))
    return Section(
        "held-out", title, picture=pictures.foretold_and_seen(later, found, title, language),
        table=listed.held_out(later, found, language),
    )  # fmt: skip
