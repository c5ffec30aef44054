"""How long customers stay, as a page: the curves, whether groups differ, and who leaves sooner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sabai.definitions.model import Definitions
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language, speak
from sabai.report.money import survival_pictures as pictures
from sabai.report.money.page import Page, Section, Table, write_page
from sabai.report.money.survival_answer import NOBODY_LEFT, answer, tiles
from sabai.report.money.survival_forest import forest
from sabai.report.money.survival_notices import noticed
from sabai.report.money.survival_ratios import p_said, sentence, warnings, who
from sabai.report.money.survival_table import still_there
from sabai.report.money.words import group_word
from sabai.retention.survival.ratios import Cox
from sabai.retention.survival.survival import Survival
from sabai.retention.survival.told import files

N = gettext_noop("n says how many were watched when the share last fell.")
DIFFER = {
    True: gettext_noop("They leave at different rates: chance alone would seldom do that (log-rank test, p %(p)s)."),
    False: gettext_noop(
        "They are not shown to leave at different rates: chance alone would do that often enough (log-rank test, "
        "p %(p)s)."
    ),
}
STEADY = gettext_noop("No ratio is shown to change the longer they have been customers, so one number tells it.")


def write_survival(found: Survival, definitions: Definitions, folder: Path, lang: str) -> Path:
    """survival.html, pictures and tables into `folder`; UsageError for a language that is not spoken."""
    language = speak(lang).calling(definitions.labels)
    return write_page(survival_page(found, language), files(found), definitions, folder, language)


def survival_page(found: Survival, language: Language) -> Page:
    """All of it in one language."""
    notices = tuple(noticed(notice, language) for notice in found.notices)
    sections = tuple(_sections(found, language))
    return Page("survival", language.gettext("How long do customers stay?"), answer(found, language),
                tuple(tiles(found, language)), sections, notices)  # fmt: skip


def _sections(found: Survival, language: Language) -> Iterator[Section]:
    _, nobody = language.gettext, language.gettext(NOBODY_LEFT)
    late = any(curve.since for curve in (found.everybody, *found.groups))
    begin = (_("Curves that begin late are of customers who had stayed so long already."),) if late else ()
    yield Section(
        "everybody", _("All customers"), picture=pictures.everybody(found, language), notes=begin, missing=nobody
    )
    if found.by:
        differ = found.difference
        notes = (_(DIFFER[differ.is_shown], p=p_said(differ.p, language)),) if differ else ()
        title = _("Apart by %(group)s", group=group_word(found.by, language))
        yield Section(
            "groups", title, picture=pictures.by_group(found, found.by, language), notes=notes, missing=nobody
        )
    table = still_there(found, language)
    yield Section(
        "table", _("Still there"), table=table, wide=True, missing=nobody, notes=(_(N),) if table.rows else ()
    )
    if found.cox is not None:
        yield _ratios(found.cox, language)


def _ratios(cox: Cox, language: Language) -> Section:
    """The ratios as a picture and in words, and for which of them one number is not enough."""
    _, mark = language.gettext, "* " if cox.held else ""
    rows = tuple((f"{mark}{who(each, language)}", sentence(each, language)) for each in cox.ratios)
    drifting = tuple(warnings(cox.ratios, language))
    return Section(
        "ratios", _("Who leaves sooner"), picture=forest(cox, language), wide=True,
        table=Table((_("who"), _("all else alike")), rows, words=2), notes=drifting or (_(STEADY),),
        missing=_("There is nothing left to compare, so there are no ratios."),
    )  # fmt: skip
