"""How the number ran, and how groups stand beside each other: drawn as in the report, without an engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sabai.desk.responses import words
from sabai.desk.responses.measured import Found
from sabai.desk.responses.results import Part, Results
from sabai.feedback.numbers.changes import UNKNOWN
from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.report.feedback.dots import Row, dots
from sabai.report.money import over_time
from sabai.report.picture import Picture

MOST_GROUPS = 10
_UNKNOWN = UNKNOWN.difference


def course(results: Results, language: Language) -> Picture | None:
    """The number of each period, where two or more are known."""
    if sum(part.found.main is not None for _, part in results.periods) < 2:
        return None
    _, number, question = language.gettext, written(results, language), _question(results, language)
    labels = [period_name(day, results.months, language) for day, _ in results.periods]
    spans = [part.found.main or _UNKNOWN for _, part in results.periods]
    drawn = over_time.course(labels, [(question, "curve", spans)], number, language)
    caption = _(
        "%(question)s of each period; the ribbon shows how sure it is. Where it is open, there were too few answers.",
        question=question,
    )
    about = " ".join(
        f"{label}: {_said(part.found, number, language)}."
        for label, (_day, part) in zip(labels, results.periods, strict=True)
    )
    return Picture("course", _("How it ran"), caption, about, drawn.height, drawn.shapes)


def by_group(results: Results, language: Language) -> Picture | None:
    """The largest groups of which something is known, the best first."""
    known = [(part, part.found.main) for part in results.groups if part.found.main][:MOST_GROUPS]
    if len(known) < 2 or results.whole.main is None:
        return None
    _, number = language.gettext, written(results, language)
    shown = sorted(known, key=lambda each: -each[1].value)
    rows = [_row(results, part, main, language) for part, main in shown]
    drawn = dots(rows, results.whole.main.value, number, language)
    caption = _(
        "%(question)s with its interval; the dashed line is that of all. A filled dot differs from all others by more "
        "than chance, a hollow one may not.", question=_question(results, language),
    )  # fmt: skip
    about = " ".join(f"{row.name}: {row.said}." for row in rows)
    return Picture("groups", _("Who answered how"), caption, about, drawn.height, drawn.shapes)


def written(results: Results, language: Language) -> Callable[[float], str]:
    """An NPS with its sign, a share in percent."""
    show = language.show
    return (lambda value: show.signed(value, 0)) if results.kind == "nps" else (lambda value: show.percent(value / 100))


def period_name(day: date, months: int, language: Language) -> str:
    """The month in which a period begins, or its year."""
    return str(day.year) if months == 12 else language.show.month(day)


def _row(results: Results, part: Part, main: Interval, language: Language) -> Row:
    named = words.group_name(results.by, part.name, language)
    return Row(named, main, _said(part.found, written(results, language), language), part.change.shown)


def _said(found: Found, number: Callable[[float], str], language: Language) -> str:
    _, n = language.gettext, language.show.fixed(found.n)
    if found.main is None:
        return _("too few answers (%(n)s)", n=n)
    return _("%(share)s, n = %(n)s", share=number(found.main.value), n=n)


def _question(results: Results, language: Language) -> str:
    _ = language.gettext
    return _("NPS") if results.kind == "nps" else _("Share of the two best")
