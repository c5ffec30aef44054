"""Pictures of the numbers: how the score ran, who would recommend, groups, who answers, how the silent ones are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sabai.feedback.feedback import Feedback
from sabai.feedback.results import Group, Results
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.feedback.dots import Row, dots
from sabai.report.feedback.words import (
    WHO_WORDS,
    answers_of,
    group_label,
    group_name,
    named,
    plain_span,
    score_of,
    short_periods,
    whether_shown,
)  # fmt: skip
from sabai.report.money import in_rows, over_time
from sabai.report.money.axes import Write
from sabai.report.money.words import counted, period_names, share_of, tick
from sabai.report.picture import Picture
from sabai.report.sheet import apart

MOST_GROUPS, MOST_BARS = 10, 6
VOTE_WORDS = (
    (gettext_noop("would recommend us (9–10)"), "came"),
    (gettext_noop("in between (7–8)"), "back"),
    (gettext_noop("would not (0–6)"), "left"),
)


def course(of: Results, found: Feedback, language: Language) -> Picture | None:
    """The score of each period, and how sure it is."""
    _, periods = language.gettext, found.asked.periods
    many = _until_last([cell.n for cell in of.each])
    spans = [cell.main for cell in of.each[:many]]
    if many < 2 or all(span.value != span.value for span in spans):
        return None
    labels, question = short_periods(periods, language)[:many], of.question
    write = _ticks(of, language)
    drawn = over_time.course(labels, [(named(question), "curve", spans)], write, language)
    caption = _(
        "%(question)s of each period; the ribbon shows how sure it is. Where it is open, there were too few answers.",
        question=named(question),
    )
    about = " ".join(
        f"{label}: {score_of(cell.main, question, language)}, n = {language.show.fixed(cell.n)}."
        for label, cell in zip(period_names(periods, language)[:many], of.each, strict=False)
    )
    return Picture("course", _("How it ran"), caption, about, drawn.height, drawn.shapes)


def _until_last(counts: Sequence[int]) -> int:
    """How many periods there are until the last in which anything was said: a quarter that began yesterday is empty."""
    return max((at + 1 for at, count in enumerate(counts) if count), default=0)


def _ticks(of: Results, language: Language) -> Write:
    if of.question.main == "share":
        return partial(tick, language=language)
    show = language.show
    return (lambda value: show.signed(value, 0)) if of.question.main == "nps" else (lambda value: show.number(value, 2))


def votes(of: Results, found: Feedback, language: Language) -> Picture | None:
    """Promoters, passives and detractors of the last periods, the newest first."""
    if of.question.main != "nps" or not of.lately.n:
        return None
    _, show = language.gettext, language.show
    labels = period_names(found.asked.periods, language)
    cells = [(label, cell) for label, cell in zip(labels, of.each, strict=True) if cell.n][-MOST_BARS:]
    every = [*reversed(cells), (_("lately"), of.lately)] if len(cells) > 1 else [(_("lately"), of.lately)]
    rows = [
        (label, (cell.votes.promoters, cell.votes.passives, cell.votes.detractors), answers_of(cell, language))
        for label, cell in every
    ]
    words = [(_(word), kind) for word, kind in VOTE_WORDS]
    drawn = in_rows.parts(rows, words, language)
    about = " ".join(
        f"{label}: {show.listed([f'{word} {show.fixed(n)}' for (word, _kind), n in zip(words, counts, strict=True)])}."
        for label, counts, _said in rows
    )  # fmt: skip
    caption = _("Every bar is all answers of a time, the newest first; the score is the first part less the last.")
    return Picture("votes", _("Who would recommend us"), caption, about, drawn.height, drawn.shapes)


def by_group(of: Results, by: str, language: Language) -> Picture | None:
    """The largest groups, the best first."""
    _ = language.gettext
    known: list[Group] = [each for each in of.groups[by] if each.cell.main.value == each.cell.main.value]
    shown = sorted(known[:MOST_GROUPS], key=lambda each: -each.cell.main.value)
    if len(shown) < 2:
        return None
    rows = [
        Row(
            group_label(by, each.name, language),
            each.cell.main,
            answers_of(each.cell, language),
            each.against_others.shown,
        )
        for each in shown
    ]
    drawn = dots(rows, of.lately.main.value, _ticks(of, language), language)
    caption = _(
        "%(question)s with its interval; the dashed line is that of all. A filled dot differs from all others by more "
        "than chance, a hollow one may not.", question=named(of.question),
    )  # fmt: skip
    about = " ".join(
        f"{group_label(by, each.name, language)}: {score_of(each.cell.main, of.question, language)}, "
        f"{whether_shown(each.against_others, language)}." for each in shown
    )  # fmt: skip
    title = _("Apart by %(group)s", group=group_name(by, language))
    return Picture(f"by-{_file(by)}", title, caption, about, drawn.height, drawn.shapes)


def _file(by: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in by)


def rates(found: Feedback, language: Language) -> Picture | None:
    """The share that answered, survey by survey."""
    _ = language.gettext
    many = max((_until_last([rate.asked for rate in each.each]) for each in found.rates), default=0)
    if many < 2:
        return None
    labels = short_periods(found.asked.periods, language)[:many]
    kinds = ("curve", "dashed", "hair", "chance")
    lines = [
        (
            each.kind.upper() if each.kind != "rating" else _("own questions"),
            kind,
            [rate.share for rate in each.each[:many]],
        )
        for each, kind in zip(found.rates, kinds, strict=False)
    ]
    drawn = over_time.course(labels, lines, partial(tick, language=language), language, most=1.0)
    about = " ".join(
        f"{word}, {label}: {share_of(share, language)}."
        for word, _kind, shares in lines for label, share in zip(labels, shares, strict=True)
    )  # fmt: skip
    caption = _("The share of those asked in a period who have answered since; the newest may still answer.")
    return Picture("answered", _("How many answer"), caption, about, drawn.height, drawn.shapes)


def silence(found: Feedback, language: Language) -> Picture | None:
    """The mean score of those who answered, stayed silent, were never asked."""
    _, show = language.gettext, language.show
    known = [each for each in found.standings if each.scored]
    if not known:
        return None
    rows = [
        (_(WHO_WORDS[each.who]), each.health,
         f"{show.fixed(each.health.value)} ({_customers(each.accounts, language)})")
        for each in known
    ]  # fmt: skip
    drawn = in_rows.rows(rows, show.fixed, language, 100.0)
    caption = _("The mean health score of customers, as it stood before they were first asked, with its interval.")
    about = " ".join(f"{_(WHO_WORDS[each.who])}: {plain_span(each.health, language)}." for each in known)
    return Picture("silence", _("How well the silent ones are"), caption, about, drawn.height, drawn.shapes)


def _customers(num: int, language: Language) -> str:
    return language.ngettext("%(num)s customer", "%(num)s customers", num)


def rising(found: Feedback, language: Language, words: dict[str, str]) -> Picture | None:
    """Dimensions and the closest factors: how they rise with the answer."""
    _, show = language.gettext, language.show
    chosen = found.rising[:MOST_GROUPS]
    if not chosen:
        return None
    rows = [
        Row(words.get(each.name, each.name) if each.dimension else language.called(each.name), each.change.difference,
            show.signed(each.change.difference.value, 2), each.change.shown)
        for each in chosen
    ]  # fmt: skip
    drawn = dots(rows, 0.0, lambda value: show.number(value, 2), language)
    caption = _(
        "How points before the question rise with the answer (rank correlation, 1 at most): dimensions, then the "
        "closest factors. What comes from answers themselves is left out. A filled dot is more than chance."
    )
    about = " ".join(f"{row.name}: {row.said}." for row in rows)
    return Picture("rising", _("What goes with the score"), caption, about, drawn.height, drawn.shapes)


def reasons(found: Feedback, language: Language) -> Picture | None:
    """How many left for which reason."""
    if not found.exits:
        return None
    _, left = language.gettext, sum(each.left for each in found.exits)
    rows = [
        (each.reason or _("no reason noted"), float(each.left), counted(each.left / left, each.left, language))
        for each in found.exits[:MOST_GROUPS]
    ]
    drawn = in_rows.bars(rows, language)
    caption = _("The reasons that were written down, the most frequent first.")
    about = " ".join(f"{apart(reason)}: {said}." for reason, _count, said in rows)
    return Picture("reasons", _("Why they left"), caption, about, drawn.height, drawn.shapes)
