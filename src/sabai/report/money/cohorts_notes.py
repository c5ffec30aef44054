"""How the pictures of cohorts are to be read: what counts as being there, and what is not on them."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money import cohorts_heat as heat
from sabai.report.money.cohorts_cells import Triangle
from sabai.report.sheet import apart
from sabai.retention.cohorts.cohorts import Cohorts
from sabai.retention.cohorts.question import Question

THERE = {
    "events": gettext_noop("There at an age is whoever did something at it."),
    "customer": gettext_noop("There at an age is whoever was a customer on its first day."),
    "revenue": gettext_noop("The share is what recurs on the first day of an age, of what recurred at first."),
}
LOOKED = {
    "after": gettext_noop("Whoever was there at a later age counts as there before as well."),
    "bracket": gettext_noop("Each age is a span, and once in it is enough."),
}
FROM_FIRST_ACTION = gettext_noop("Ages count from the first action.")
CALENDAR = gettext_noop("Months are those of the calendar, so the first one is cut short.")
HALVES = gettext_noop(
    "All who came to the age that is told of above are cut in two halves, as equal as whole cohorts allow. Only "
    "cohorts count that were watched from their first age on; of first actions the first one is left out."
)


def notes(found: Cohorts, cells: Triangle, language: Language) -> Iterator[str]:
    """How to read it, and what is not on it."""
    _, show = language.gettext, language.show
    yield " ".join(asked_for(found.question, language))
    each = [cell for row in cells.rows for cell in row.cells]
    if any(cell.share is None for cell in each):
        yield _("Hatched: nobody has come to that age yet, or nobody watched then; it is unknown, not zero.")
    if any(cell.some for cell in each if cell.share is not None):
        yield _(
            "* and dashed: not all of them have come to that age; the share is of those who have, as always in the "
            "first row."
        )
    if cells.rows:
        yield _("The stronger the colour, the more; strongest from %(top)s on.", top=show.percent(cells.top * 7 / 8))
    if len(heat.at_a_glance(cells).rows) < len(cells.rows) or len(cells.ages) > heat.AGES:
        yield _("These are the newest cohorts and the first ages; triangle.csv has all of them.")


def asked_for(question: Question, language: Language) -> Iterator[str]:
    """What counts as being there, and from where ages count."""
    _ = language.gettext
    there = "revenue" if question.of == "revenue" else question.activity or "events"
    yield _(THERE[there])
    if question.events:
        names = language.show.listed([apart(language.called(name)) for name in question.events])
        yield _("Only events of this name count: %(names)s.", names=names)
    if question.metric:
        yield _("Only events count that the metric %(metric)s counts.", metric=apart(language.called(question.metric)))
    if question.on in LOOKED:
        yield _(LOOKED[question.on])
    if question.from_first_action:
        yield _(FROM_FIRST_ACTION)
    if question.calendar and question.every == "month":
        yield _(CALENDAR)
