"""An explanation printed as an addition that a person can redo by hand."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.dates import from_day
from sabai.health.explain import Explanation, Line

_WIDTH = 76  # where the column of amounts ends


def addition(why: Explanation) -> str:
    """The score of one account as a sum, one line for each amount, rounded to hundredths; see docs for one redone."""
    return "\n".join([_head(why), "", *_sum(why), "", *_foot(why)])


def _head(why: Explanation) -> str:
    score = "unknown" if why.score is None else f"{why.score:.2f}"
    onboarding = " (onboarding)" if why.young else ""
    return f"{why.account_id} on {from_day(why.as_of_day)}: score {score}{onboarding}, {_words(why.band)}"


def _sum(why: Explanation) -> Iterator[str]:
    if why.score is None:
        yield "There is nothing to add up."
        return
    amounts = list(_amounts(why))
    total = round(why.score, 2)
    rounding = round(total - sum(round(amount, 2) for _, amount in amounts), 2)
    for text, amount in [*amounts, *([("rounding", rounding)] if rounding else [])]:
        yield _row(text, amount)
    yield " " * (_WIDTH - 8) + "-" * 8
    yield _row("score", total)


def _amounts(why: Explanation) -> Iterator[tuple[str, float]]:
    known_weight = sum(line.weight for line in why.lines if line.points is not None)
    for line in why.lines:
        if line.contribution is not None:
            yield _product(line, known_weight), line.contribution
    for milestone in why.milestones:
        yield (
            f"milestone {milestone.milestone}: {'reached' if milestone.reached else 'not yet'}",
            milestone.contribution,
        )
    for taken in why.deductions:
        yield f"deduction {taken.deduction} (stated {taken.points:g})", taken.contribution
    if why.floor:
        yield "cut at 0" if why.floor > 0 else "cut at 100", why.floor


def _product(line: Line, known_weight: float) -> str:
    value = "unknown" if line.value is None else f"{line.value:.6g}"
    points = f"{line.points or 0.0:.2f} points × {line.weight:g} / {known_weight:g}"
    return f"{line.dimension}: {line.factor} = {value}".ljust(38) + points


def _row(text: str, amount: float) -> str:
    return f"{text:<{_WIDTH - 9}} {amount:>8.2f}"


def _foot(why: Explanation) -> Iterator[str]:
    for line in why.lines:
        if line.points is None:
            yield f"Not counted: {line.factor} (weight {line.weight:g}) is unknown."
    if why.coverage is not None and not why.young:
        yield f"Coverage {why.coverage:.0%} of the weight."
    yield _band(why)


def _band(why: Explanation) -> str:
    healthy_from, at_risk_from = why.cut
    reasons = {
        "raw": f"the score alone says so (healthy from {healthy_from:.2f}, at risk from {at_risk_from:.2f})",
        "held": f"the score alone says {_words(why.raw_band)}, but it must pass the cut by {why.hold_points:g} points "
        f"on every Monday of {why.hold_days} days (healthy from {healthy_from:.2f}, at risk from {at_risk_from:.2f})",
        "read": "read from the last Monday",
        "no customer": "not a customer at that date",
        "too little known": "too little is known for a score",
        "no cut": "there are no cut points",
        "no monday": "no Monday with a score lies on or before that date",
    }
    return f"Band {_words(why.band)}: {reasons[why.why]}."


def _words(band: str) -> str:
    return band.replace("_", " ")
