"""What customers say, as a page: the score, how it ran, where it differs, who is silent, their words, why they left."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.feedback.feedback import Feedback
from sabai.feedback.numbers.votes import LEAST
from sabai.feedback.results import Results
from sabai.feedback.tables import feedback_tables
from sabai.language.language import Language, speak
from sabai.report.feedback.left import exit_section, wish_section
from sabai.report.feedback.notices import noticed
from sabai.report.feedback.sections import number_sections
from sabai.report.feedback.themes import theme_sections
from sabai.report.feedback.words import between, named, score_of, signed_span, value_of
from sabai.report.money.page import Page, Section, Tile, write_page


def write_feedback(found: Feedback, definitions: Definitions, folder: Path, lang: str) -> Path:
    """feedback.html, pictures and tables into `folder`; UsageError for a language that is not spoken."""
    language = speak(lang).calling(definitions.labels)
    return write_page(feedback_page(found, language), feedback_tables(found), definitions, folder, language)


def feedback_page(found: Feedback, language: Language) -> Page:
    """All of it in one language."""
    return Page(
        "feedback", language.gettext("What do customers say?"), _answer(found, language),
        tuple(_tiles(found, language)), tuple(_sections(found, language)), noticed(found.notices, language),
    )  # fmt: skip


def _answer(found: Feedback, language: Language) -> str:
    _, show, of = language.gettext, language.show, found.first
    first, last = show.date(found.asked.lately[0]), show.date(found.asked.until - 1)
    if of is None or not of.lately.n:
        return _("Nobody answered on a scale from %(first)s to %(last)s.", first=first, last=last)
    cell, count = of.lately, show.fixed(of.lately.n)
    if of.question.main != "nps":
        score = score_of(cell.main, of.question, language)
        return _("%(question)s: %(score)s, from %(count)s answers since %(first)s.",
                 question=named(of.question), score=score, count=count, first=first)  # fmt: skip
    if not cell.enough:
        return _("Only %(count)s answers since %(first)s: below %(least)s, one more could move a score by 20 points.",
                 count=count, first=first, least=show.fixed(LEAST))  # fmt: skip
    return _(
        "NPS %(score)s from %(count)s answers since %(first)s: %(for_us)s would recommend us, %(against)s would not.",
        score=signed_span(cell.main, language), count=count, first=first,
        for_us=show.percent(cell.votes.promoters / cell.n), against=show.percent(cell.votes.detractors / cell.n),
    )  # fmt: skip


def _tiles(found: Feedback, language: Language) -> Iterator[Tile]:
    _, show = language.gettext, language.show
    for of in found.questions[:3]:
        if of.lately.n:
            yield Tile(_label(of, language), value_of(of.lately.main, of.question, language), _from(of, language))
    first = found.first
    if first and not isnan(first.by_revenue.value.value):
        paid = first.by_revenue.value
        yield Tile(
            _("%(question)s by revenue", question=named(first.question)),
            value_of(paid, first.question, language),
            between(paid, first.question, language),
        )
    if found.rates:
        rate = found.rates[0].lately
        asked = _("%(part)s of %(whole)s", part=show.fixed(rate.answered), whole=show.fixed(rate.asked))
        yield Tile(_("Answered when asked"), show.percent(rate.share.value), asked)


def _label(of: Results, language: Language) -> str:
    if of.question.main == "share":
        return language.gettext("%(question)s, satisfied", question=named(of.question))
    return named(of.question)


def _from(of: Results, language: Language) -> str:
    count = language.ngettext("%(num)s answer", "%(num)s answers", of.lately.n)
    ends = between(of.lately.main, of.question, language)
    return (
        f"\u2068{ends}\u2069 · \u2068{count}\u2069" if ends else count
    )  # each apart: they are read in their own order


def _sections(found: Feedback, language: Language) -> Iterator[Section]:
    if found.first:
        yield from number_sections(found, found.first, language)
    yield from theme_sections(found, language)
    yield exit_section(found, language)
    yield wish_section(found, language)
