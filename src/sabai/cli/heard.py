"""What `sabai feedback` says on the terminal; the page says it with pictures."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import TYPE_CHECKING

from sabai.cli.columns import UNKNOWN, columns, share
from sabai.cli.columns import span as share_span
from sabai.cli.heard_words import exits, themes, wishes
from sabai.cli.pages import noted

if TYPE_CHECKING:
    from sabai.feedback.feedback import Feedback
    from sabai.feedback.numbers.cells import Cell
    from sabai.feedback.numbers.changes import Change
    from sabai.feedback.results import Results
    from sabai.intervals import Interval

SHOWN, SHOWN_DRIVERS = 12, 8


def lines(found: Feedback) -> Iterator[str]:
    """What a person reads at a glance."""
    yield from _headline(found)
    for table in (_questions, _silent, _periods, _groups, _contacts, _rising, themes, exits, wishes):
        rows = list(table(found))
        yield from ("", *rows) if rows else ()
    yield from noted(found.notices)


def _headline(found: Feedback) -> Iterator[str]:
    from sabai.dates import from_day
    from sabai.feedback.told import question_name

    first, last = (from_day(day) for day in (found.asked.lately[0], found.asked.until - 1))
    of = found.first
    if of is None:
        yield f"Nobody has answered anything on a scale from {first} to {last}."
        return
    cell = of.lately
    named = f"{question_name(of.question)} {score(cell)}"
    yield f"{named}, {first} to {last}, from {cell.n:,} answers of {cell.accounts:,} customers."
    if cell.question.main == "nps":
        votes = ((cell.votes.promoters, "promoters (9–10)"), (cell.votes.passives, "passives (7–8)"),
                 (cell.votes.detractors, "detractors (0–6)"))  # fmt: skip
        yield ", ".join(f"{n:,} {word}" for n, word in votes) + "."
        if not cell.enough:
            yield "Fewer than 10 answers: one more could move a score by 20 points, so none is shown."
    if found.reweighted:
        again = found.reweighted
        told = f"{signed(again.nps)}, worth {again.worth:,.0f} equal answers"
        by = ", ".join(again.margins) or "nothing known"
        yield f"If those who answered were like all {again.asked:,} who were asked (by {by}): {told}."


def _questions(found: Feedback) -> Iterator[str]:
    from sabai.feedback.told import question_name

    rates = {each.kind: each.lately for each in found.rates}
    rows = []
    for of in found.questions:
        rate = rates.get(of.question.kind)
        rows.append(
            (question_name(of.question), f"{of.lately.n:,}", score(of.lately), other(of.lately),
             value(of, of.by_account.value), value(of, of.by_revenue.value),
             share_span(rate.share) if rate else UNKNOWN)
        )  # fmt: skip
    if rows:
        heads = (
            "question",
            "answers",
            "score (95%)",
            "two best answers",
            "by customer",
            "by revenue",
            "answered (95%)",
        )
        yield from columns(heads, rows)


def _silent(found: Feedback) -> Iterator[str]:
    rows = [
        (each.who, f"{each.accounts:,}", f"{each.scored:,}", plain(each.health), f"{each.bands['healthy']:,}",
         f"{each.bands['at_risk']:,}", f"{each.bands['unhealthy']:,}")
        for each in found.standings
    ]  # fmt: skip
    if rows:
        heads = ("customers who", "are", "with a score", "mean score before (95%)", "healthy", "at risk", "unhealthy")
        yield from columns(heads, rows)


def _periods(found: Feedback) -> Iterator[str]:
    from sabai.retention.periods import label_of

    of, periods = found.first, found.asked.periods
    if of is None or len(periods) < 2:
        return
    first = max(0, len(periods) - SHOWN)
    rows = [
        (label_of(periods, at), f"{of.each[at].n:,}", score(of.each[at]), change(of, of.changes[at]),
         chance(of.changes[at]))
        for at in range(first, len(periods))
    ]  # fmt: skip
    yield from columns((periods.every, "answers", "score (95%)", "change (95%)", "by chance"), rows)
    if first:
        yield f"… and {first:,} earlier in periods.csv."


def _groups(found: Feedback) -> Iterator[str]:
    of = found.first
    if of is None or not of.groups:
        return
    asked = found.asked.by if found.asked.by in of.groups else None
    by = asked or next(iter(of.groups))
    rows = [
        (each.name or "not said", f"{each.cell.n:,}", score(each.cell), change(of, each.against_others),
         chance(each.against_others))
        for each in of.groups[by][:SHOWN]
    ]  # fmt: skip
    yield from columns((by, "answers", "score (95%)", "less all others (95%)", "by chance"), rows)
    more = [name for name in of.groups if name != by]
    if more:
        yield f"By {', '.join(more)}: on the page, in groups.csv, and here with --by."


def _contacts(found: Feedback) -> Iterator[str]:
    rows = [
        (each.what, f"{each.cell.n:,}", score(each.cell), score(each.without), signed(each.change.difference),
         chance(each.change))
        for each in found.contacts
    ]  # fmt: skip
    if rows:
        heads = ("in the 30 days before", "answers", "score (95%)", "without (95%)", "difference (95%)", "by chance")
        yield from columns(heads, rows)


def _rising(found: Feedback) -> Iterator[str]:
    rows = [
        (each.name + (" (all of it)" if each.dimension else ""), f"{each.n:,}", two(each.change.difference),
         chance(each.change))
        for each in found.rising[:SHOWN_DRIVERS]
    ]  # fmt: skip
    if rows:
        yield from columns(("rises with the answer", "answers", "rank correlation (95%)", "by chance"), rows)


def score(cell: Cell) -> str:
    """What is read first, with its interval."""
    if cell.question.main == "share":
        return share_span(cell.main)
    return signed(cell.main) if cell.question.main == "nps" else two(cell.main)


def other(cell: Cell) -> str:
    """The two best answers of those that are read by their mean."""
    return share_span(cell.share) if cell.question.main == "mean" else UNKNOWN


def value(of: Results, interval: Interval) -> str:
    if of.question.main == "share":
        return share_span(interval)
    return signed(interval) if of.question.main == "nps" else two(interval)


def change(of: Results, found: Change) -> str:
    if of.question.main == "nps":
        return signed(found.difference)
    scaled = found.difference if of.question.main == "mean" else _points(found.difference)
    return two(scaled) if of.question.main == "mean" else signed(scaled)


def chance(found: Change) -> str:
    """How easily chance makes as much, over all comparisons of the table.

    >>> from sabai.feedback.numbers.changes import UNKNOWN
    >>> chance(UNKNOWN)
    '–'
    """
    p = found.p_of_many
    if isnan(p):
        return UNKNOWN
    return "< 0.1%" if p < 0.001 else share(p)


def signed(interval: Interval) -> str:
    """
    >>> from sabai.intervals import Interval
    >>> signed(Interval(11.8, 9.33, 14.26)), signed(Interval(-3.0, float("nan"), float("nan")))
    ('+11.8 (+9.3 – +14.3)', '−3.0')
    """
    return _written(interval, "+.1f")


def plain(interval: Interval) -> str:
    return _written(interval, ".1f")


def two(interval: Interval) -> str:
    return _written(interval, ".2f")


def _written(interval: Interval, how: str) -> str:
    value, low, high = (
        UNKNOWN if isnan(each) else f"{each:{how}}".replace("-", "−")
        for each in (interval.value, interval.low, interval.high)
    )
    return value if UNKNOWN in (low, value) else f"{value} ({low} – {high})"


def _points(interval: Interval) -> Interval:
    from sabai.intervals import Interval as Points

    return Points(*(100 * each for each in (interval.value, interval.low, interval.high)))
