"""The cards of the numbers: over time, by group, who answers, what goes with it, every question."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.feedback.feedback import Feedback
from sabai.feedback.results import Results
from sabai.language.language import Language
from sabai.report.cells import name
from sabai.report.feedback.pictures import by_group, course, rates, rising, silence, votes
from sabai.report.feedback.words import (
    WHO_WORDS,
    group_label,
    group_name,
    moved,
    named,
    plain_span,
    score_of,
    signed_span,
    whether_shown,
)  # fmt: skip
from sabai.report.money.page import Section, Table
from sabai.report.money.words import EVERY_WORDS, period_names, share_of
from sabai.report.words import BAND_WORDS, CHANNEL_WORDS, DIMENSION_WORDS


def number_sections(found: Feedback, of: Results, language: Language) -> Iterator[Section]:
    _ = language.gettext
    yield Section(
        "course", _("How it ran"), picture=course(of, found, language), table=_periods(of, found, language),
        folded=_("Every period"), missing=_("There are too few answers to say how it ran."),
    )  # fmt: skip
    picture = votes(of, found, language)
    if picture:
        yield Section("votes", _("Who would recommend us"), picture=picture)
    for by in of.groups:
        yield _groups(of, by, language)
    yield from _silent(found, language)
    if found.rising or found.contacts:
        yield _drivers(found, of, language)
    yield Section(
        "questions", _("Every question"), table=_questions(found, language), wide=True, notes=_rules(language)
    )


def _periods(of: Results, found: Feedback, language: Language) -> Table:
    _, show, question = language.gettext, language.show, of.question
    labels = period_names(found.asked.periods, language)
    rows = [
        (label, show.fixed(cell.n), score_of(cell.main, question, language), moved(change, question, language),
         whether_shown(change, language))
        for label, cell, change in zip(labels, of.each, of.changes, strict=True)
    ]  # fmt: skip
    heads = (_(EVERY_WORDS[found.asked.periods.every]), _("answers"), named(question), _("change"), _("is that shown"))
    return Table(heads, tuple(reversed(rows)))


def _groups(of: Results, by: str, language: Language) -> Section:
    _, show, question = language.gettext, language.show, of.question
    word = group_name(by, language)
    rows = tuple(
        (name(group_label(by, each.name, language)), show.fixed(each.cell.n),
         score_of(each.cell.main, question, language), moved(each.against_others, question, language),
         whether_shown(each.against_others, language))
        for each in of.groups[by]
    )  # fmt: skip
    heads = (word, _("answers"), named(question), _("less all others"), _("is that shown"))
    return Section(
        f"by-{by}", _("Apart by %(group)s", group=word), picture=by_group(of, by, language), table=Table(heads, rows),
        folded=_("Every group"), missing=_("There are too few answers to tell groups apart."),
    )  # fmt: skip


def _silent(found: Feedback, language: Language) -> Iterator[Section]:
    _ = language.gettext
    nobody = _("Nobody knows who was asked and stayed silent.")
    yield Section("answered", _("How many answer"), picture=rates(found, language), missing=nobody)
    scored = _("There are no scores from before the questions. Run: sabai score")
    yield Section(
        "silence", _("How well the silent ones are"), picture=silence(found, language), table=_bands(found, language),
        folded=_("Bands before they were asked"), notes=tuple(_again(found, language)), missing=scored,
    )  # fmt: skip


def _bands(found: Feedback, language: Language) -> Table:
    _, show = language.gettext, language.show
    bands = ("healthy", "at_risk", "unhealthy", "unknown")
    rows = tuple(
        (_(WHO_WORDS[each.who]), show.fixed(each.accounts), plain_span(each.health, language),
         *(show.fixed(each.bands[band]) for band in bands))
        for each in found.standings
    )  # fmt: skip
    return Table((_("customers who"), _("customers"), _("mean score"), *(_(BAND_WORDS[each]) for each in bands)), rows)


def _again(found: Feedback, language: Language) -> Iterator[str]:
    _, show, of = language.gettext, language.show, found.reweighted
    if of is None:
        return
    yield _(
        "If those who answered were like all %(asked)s people who were asked, by segment, band and role, the NPS would "
        "be %(score)s, from as many as %(worth)s equal answers.",
        asked=show.fixed(of.asked), score=signed_span(of.nps, language), worth=show.fixed(of.worth),
    )  # fmt: skip


def _drivers(found: Feedback, of: Results, language: Language) -> Section:
    _, show, question = language.gettext, language.show, of.question
    words = {each: _(word) for each, word in DIMENSION_WORDS.items()}
    rows = tuple(
        (_what(each.what, language),
         show.fixed(each.cell.n), score_of(each.cell.main, question, language),
         score_of(each.without.main, question, language), moved(each.change, question, language),
         whether_shown(each.change, language))
        for each in found.contacts
    )  # fmt: skip
    heads = (_("in the 30 days before"), _("answers"), _("with it"), _("without"), _("difference"), _("is that shown"))
    note = _("None of it is a cause: whoever is unhappy calls more often. It says where to look first.")
    return Section(
        "drivers", _("What goes with the score"), picture=rising(found, language, words), table=Table(heads, rows),
        folded=_("Contacts and tickets before"), notes=(note,),
    )  # fmt: skip


def _what(what: str, language: Language) -> str:
    """A channel in the reader's words, or as the company calls it."""
    if what == "ticket":
        return language.gettext("ticket")
    return language.gettext(CHANNEL_WORDS[what]) if what in CHANNEL_WORDS else name(what)


def _questions(found: Feedback, language: Language) -> Table:
    _, show = language.gettext, language.show
    heads = (
        _("question"),
        _("answers"),
        _("score"),
        _("two best answers"),
        _("each customer counts once"),
        _("by revenue"),
    )
    rows = []
    for of in found.questions:
        cell, write = of.lately, of.question
        best = share_of(cell.share, language) if write.main == "mean" else "–"
        rows.append(
            (named(write), show.fixed(cell.n), score_of(cell.main, write, language), best,
             score_of(of.by_account.value, write, language), score_of(of.by_revenue.value, write, language))
        )  # fmt: skip
    return Table(heads, tuple(rows))


def _rules(language: Language) -> tuple[str, ...]:
    _ = language.gettext
    return (
        _("NPS: of each person the last answer in a time counts. All other questions: every answer counts."),
        _("NPS is promoters less detractors in percent; CSAT the share of the two best answers; CES the mean."),
    )
