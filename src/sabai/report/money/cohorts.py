"""Do newer customers stay longer, as a page: the triangle, the curves, and how soon customers had value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.language.language import Language, speak
from sabai.report.money import cohorts_heat as heat
from sabai.report.money import cohorts_pictures as pictures
from sabai.report.money.cohorts_answer import answer, tiles
from sabai.report.money.cohorts_cells import triangle
from sabai.report.money.cohorts_compared import Compared, compared
from sabai.report.money.cohorts_notes import HALVES, notes
from sabai.report.money.cohorts_notices import AT_THE_CURVE, noticed
from sabai.report.money.cohorts_slide import slide
from sabai.report.money.cohorts_value import value_table
from sabai.report.money.cohorts_words import by_word
from sabai.report.money.page import Page, Section, write_page
from sabai.report.picture import write_each
from sabai.retention.cohorts.cohorts import Cohorts
from sabai.retention.cohorts.told import files


def write_cohorts(found: Cohorts, definitions: Definitions, folder: Path, lang: str) -> Path:
    """cohorts.html, pictures and tables into `folder`; UsageError for a language that is not spoken."""
    language = speak(lang).calling(definitions.labels)
    path = write_page(cohorts_page(found, definitions, language), files(found), definitions, folder, language)
    drawn = slide(triangle(found), found.question.by, _title(found, language), language)
    write_each([drawn] if drawn else [], folder / "pictures", language.code)
    return path


def cohorts_page(found: Cohorts, definitions: Definitions, language: Language) -> Page:
    """All of it in one language. The triangle is a table here; its picture is only a file."""
    halves = None if _knows_survivors_only(found, definitions) else compared(found)
    return Page(
        "cohorts", language.gettext("Do newer customers stay longer?"), answer(found, halves, language),
        tuple(tiles(found, halves, language)), tuple(_sections(found, halves, language)),
        tuple(noticed(notice, language) for notice in found.notices if notice not in AT_THE_CURVE),
    )  # fmt: skip


def _knows_survivors_only(found: Cohorts, definitions: Definitions) -> bool:
    """Whether being there is being a customer, and who left is written in a list that begins one day: of older cohorts
    those who had left by then are not in the data."""
    asked = found.question
    return asked.of == "accounts" and asked.activity == "customer" and definitions.churn.source == "churn"


def _sections(found: Cohorts, halves: Compared | None, language: Language) -> Iterator[Section]:
    _ = language.gettext
    yield _triangle(found, language)
    nobody = _("Nobody has come to any age yet.")
    if halves:
        drawn = pictures.newer_and_older(found, halves, language)
        yield Section("newer", drawn.title, picture=drawn, notes=(_(HALVES),))
    yield Section(
        "curve", _("How many are there, age by age"), picture=pictures.over_ages(found, language), missing=nobody,
        notes=tuple(noticed(each, language) for each in found.notices if each in AT_THE_CURVE),
    )  # fmt: skip
    if found.values:
        drawn_value, table = pictures.time_to_value(found, language), value_table(found.values, language)
        yield Section("value", _("How soon they had value"), picture=drawn_value, table=table, wide=True)


def _triangle(found: Cohorts, language: Language) -> Section:
    cells = triangle(found)
    return Section(
        "triangle", _title(found, language), table=heat.heat_table(cells, found.question, language), wide=True,
        missing=language.gettext("Nobody is known."), notes=tuple(notes(found, cells, language)),
    )  # fmt: skip


def _title(found: Cohorts, language: Language) -> str:
    return language.gettext("Apart by %(group)s", group=by_word(found.question.by, language))
