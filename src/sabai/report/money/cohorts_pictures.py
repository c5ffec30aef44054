"""Pictures of cohorts: how many are there age by age, the newer beside the older, and how soon they had value."""

from __future__ import annotations

from functools import partial
from math import isnan, nan

from sabai.intervals import Interval
from sabai.language.language import Language
from sabai.report.money import over_time
from sabai.report.money.cohorts_compared import Compared
from sabai.report.money.cohorts_words import AGE_HEADS, SINCE, half_name
from sabai.report.money.drawn import Drawn
from sabai.report.money.survival_plane import MOST
from sabai.report.money.survival_stairs import stairs
from sabai.report.money.words import share_of, tick
from sabai.report.picture import Picture
from sabai.report.sheet import WIDTH, Sheet
from sabai.retention.cohorts.cohorts import Cohorts


def over_ages(found: Cohorts, language: Language) -> Picture | None:
    """All cohorts together; the ribbon says how sure it is."""
    _ = language.gettext
    shares = [
        Interval(*(nan if each is None else each for each in interval)) if reached else Interval(nan, nan, nan)
        for reached, *interval in found.curve.select("reached", "share", "low", "high").iter_rows()
    ]
    if all(isnan(each.value) for each in shares):
        return None
    drawn = over_time.course(found.ages, [("", "curve", shares)], partial(tick, language=language), language)
    drawn = _with_ages(drawn, found, language)
    caption = _("Of all who have come to each age, how many were there; the ribbon shows how sure it is.")
    title = _("How many are there, age by age")
    return Picture("curve", title, caption, _about(found, shares, language), drawn.height, drawn.shapes)


def newer_and_older(found: Cohorts, halves: Compared, language: Language) -> Picture:
    """The two halves beside each other, age by age."""
    _, by = language.gettext, found.question.by
    older, newer = (half_name(half, by, language) for half in (halves.older, halves.newer))
    lines = [(newer, "curve", halves.newer.shares), (older, "dashed", halves.older.shares)]
    drawn = _with_ages(over_time.course(found.ages, lines, partial(tick, language=language), language), found, language)
    caption = _(
        "Those who began in %(newer)s (solid) beside those who began in %(older)s (dashed); the ribbons show how sure "
        "each is.", newer=newer, older=older,
    )  # fmt: skip
    about = " ".join(f"{word}: {_about(found, shares, language)}" for word, _kind, shares in lines)
    return Picture(
        "newer-and-older", _("Newer customers beside older ones"), caption, about, drawn.height, drawn.shapes
    )


def time_to_value(found: Cohorts, language: Language) -> Picture | None:
    """The share that has had each of the first milestones, by days since the start."""
    _ = language.gettext
    waits = [(language.called(each.name), each.waiting) for each in found.values if not each.cohort and each.customers][
        :MOST
    ]
    if not waits:
        return None
    drawn = stairs(waits, language, rising=True)
    caption = _("How many had it so long after they began; whoever left or still waits counts for as long as seen.")
    about = " ".join(f"{name}: {language.show.percent(1 - curve.at(90).value)}." for name, curve in waits)
    return Picture("time-to-value", _("How soon they had value"), caption, about, drawn.height, drawn.shapes)


def _with_ages(drawn: Drawn, found: Cohorts, language: Language) -> Drawn:
    """What is counted along the picture, said below it."""
    said = language.gettext(SINCE[found.question.every])
    return Drawn(
        drawn.shapes + Sheet(language.rtl).text(WIDTH - 4, drawn.height + 12, said, "small", "end"), drawn.height + 18
    )


def _about(found: Cohorts, shares: list[Interval] | tuple[Interval, ...], language: Language) -> str:
    age = language.gettext(AGE_HEADS[found.question.every])
    told = zip(found.ages, shares, strict=True)
    return " ".join(f"{age} {label}: {share_of(each, language)}." for label, each in told if not isnan(each.value))
