"""Pictures of what customers are worth: which segments, on whom it hangs, points of retention, naive."""

from __future__ import annotations

from functools import partial
from math import isnan

from sabai.language.language import Language
from sabai.report.money import in_rows
from sabai.report.money.axes import nice
from sabai.report.money.value_words import (
    interval_of,
    segment_called,
    short_money,
    worth_of,
)
from sabai.report.money.words import amount_at_axis
from sabai.report.picture import Picture
from sabai.report.sheet import apart
from sabai.value.values import HeldOut, SegmentValue, Values

MOST_SEGMENTS, MOST_FIRST = 12, 10


def by_segment(found: Values, title: str, language: Language) -> Picture | None:
    """What a customer of each segment is worth, the most first."""
    known = [each for each in found.segments[1:] or found.segments if each.mean.value_minor is not None]
    if not known:
        return None
    shown = sorted(known, key=lambda each: -(each.total.value_minor or 0))[:MOST_SEGMENTS]
    return _rows(found, shown, title, language)


def _rows(found: Values, shown: list[SegmentValue], title: str, language: Language) -> Picture:
    _ = language.gettext
    named = [
        (
            segment_called(each.segment, language), interval_of(each.mean),
            short_money(each.mean.value_minor, found, language),
        )
        for each in shown
    ]  # fmt: skip
    highs = [span.value if isnan(span.high) else span.high for _name, span, _said in named]
    write = partial(amount_at_axis, currency=found.currency, language=language)
    drawn = in_rows.rows(named, write, language, nice(0, max(highs))[-1])
    caption = _("What a customer is worth on average, and what that may well be.")
    about = " ".join(
        f"{segment_called(each.segment, language)}: {worth_of(each.mean, found, language)}." for each in shown
    )
    return Picture("segments", title, caption, about, drawn.height, drawn.shapes)


def on_whom(found: Values, language: Language) -> Picture | None:
    """The customers who are worth most, each with the share of all value."""
    _, show = language.gettext, language.show
    best = found.most_valuable(MOST_FIRST).to_dicts()
    if not best:
        return None
    named = [(str(row["name"] or row["account_id"]), row["share"], show.percent(row["share"], 1)) for row in best]
    drawn = in_rows.bars(named, language)
    caption = _("The customers who are worth most: their share of all that customers are worth.")
    about = " ".join(f"{apart(called)}: {said}." for called, _share, said in named)
    return Picture("worth-most", _("On whom it hangs"), caption, about, drawn.height, drawn.shapes)


def points(found: Values, title: str, language: Language) -> Picture | None:
    """What today's customers are worth, and what they would be if more of them stayed."""
    _, show, now = language.gettext, language.show, found.total.value_minor
    if not found.points or now is None:
        return None
    named = [(_("as it is"), float(now), short_money(now, found, language))]
    named += [
        (
            _("%(points)s more of 100 stay each year", points=show.fixed(each.points)), float(now + each.gain_minor),
            _("%(amount)s more, %(share)s", amount=short_money(each.gain_minor, found, language),
              share=show.percent(each.share, 1)),
        )
        for each in found.points
    ]  # fmt: skip
    drawn = in_rows.bars(named, language, ["ground", *["solid"] * len(found.points)])
    caption = _("What today's customers would be worth, if more of them stayed at every renewal to come.")
    about = " ".join(f"{word}: {said}." for word, _amount, said in named)
    return Picture("points", title, caption, about, drawn.height, drawn.shapes)


def naive(found: Values, title: str, language: Language) -> Picture | None:
    """The value by the model, and the one that everybody prints."""
    _ = language.gettext
    if found.total.value_minor is None or found.naive_minor is None:
        return None
    said = worth_of(found.total, found, language)
    named = [
        (_("by the model"), float(found.total.value_minor), said),
        (_("naively"), float(found.naive_minor), short_money(found.naive_minor, found, language)),
    ]
    drawn = in_rows.bars(named, language, ["solid", "unsaid"])
    caption = _("What all customers are worth, and what a constant rate would say: do not use that number.")
    about = " ".join(f"{word}: {said}." for word, _amount, said in named)
    return Picture("naive", title, caption, about, drawn.height, drawn.shapes)


def foretold_and_seen(later: HeldOut, found: Values, title: str, language: Language) -> Picture:
    """The last part of history, foretold from before it."""
    _, show = language.gettext, language.show
    named = [
        (word, float(minor), short_money(minor, found, language))
        for word, minor in (
            (_("what was paid"), later.seen_minor), (_("by the model"), later.model_minor),
            (_("naively"), later.naive_minor),
        )
    ]  # fmt: skip
    drawn = in_rows.bars(named, language, ["ground", "solid", "unsaid"])
    caption = _(
        "What %(customers)s paid from %(first)s to %(last)s, and what was foretold of it with only what was known "
        "before.",
        customers=language.ngettext("%(num)s customer", "%(num)s customers", later.accounts),
        first=show.date(later.from_day), last=show.date(later.until_day - 1),
    )  # fmt: skip
    about = " ".join(f"{word}: {said}." for word, _amount, said in named)
    return Picture("held-out", title, caption, about, drawn.height, drawn.shapes)
