"""What the cohorts come to: one sentence, and the numbers that are read beside it."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan, nan

from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.report.money.cohorts_age import told_age
from sabai.report.money.cohorts_compared import Compared
from sabai.report.money.cohorts_words import age_said, half_name
from sabai.report.money.page import Tile
from sabai.report.money.words import counted, how_long, share_of
from sabai.report.sheet import apart
from sabai.retention.cohorts.cohorts import Cohorts

NOBODY = gettext_noop("Nobody has begun by then, so there are no cohorts.")
YES = gettext_noop(
    "Yes: after %(age)s %(new)s of those who began in %(newer)s were there, and %(old)s of those from %(older)s."
)
NO = gettext_noop(
    "No, fewer stay: after %(age)s %(new)s of those who began in %(newer)s were there, and %(old)s of those from "
    "%(older)s."
)
NOT_SHOWN = gettext_noop(
    "No difference is shown: after %(age)s %(new)s of those who began in %(newer)s were there, and %(old)s of those "
    "from %(older)s."
)
ALL = gettext_noop("After %(age)s, %(share)s were there.")
REVENUE = gettext_noop("After %(age)s, %(share)s of what recurred at first still recurs.")


def answer(found: Cohorts, halves: Compared | None, language: Language) -> str:
    """Newer against older customers, where that can be told; else how many of all are there."""
    _, place = language.gettext, _place(found, halves)
    if place is None:
        return _(NOBODY)
    age = age_said(found.ages[place], found.question.every, language)
    if halves is None:
        said = REVENUE if found.question.of == "revenue" else ALL
        return _(said, age=age, share=share_of(_of_all(found, place), language))
    more = halves.more
    verdict = YES if more.low > 0 else NO if more.high < 0 else NOT_SHOWN
    return _(
        verdict, age=age,
        new=share_of(halves.newer.shares[place], language), old=share_of(halves.older.shares[place], language),
        newer=half_name(halves.newer, found.question.by, language),
        older=half_name(halves.older, found.question.by, language),
    )  # fmt: skip


def tiles(found: Cohorts, halves: Compared | None, language: Language) -> Iterator[Tile]:
    """How many there are, how many of all were there at the age that is told of, and the soonest value."""
    _, show, place = language.gettext, language.show, _place(found, halves)
    if place is None:
        return
    yield Tile(_("Cohorts"), show.fixed(len(found.names)), _("n = %(n)s", n=show.fixed(found.curve["size"][0])))
    age = age_said(found.ages[place], found.question.every, language)
    came, share = (halves.came, halves.both) if halves else (found.curve["reached"][place], _of_all(found, place))
    yield Tile(_("All, after %(age)s", age=age), show.percent(share.value, 1), _("n = %(n)s", n=show.fixed(came)))
    if halves:
        yield Tile(
            _("Newer minus older, in points"), show.signed(halves.more.value * 100),
            _("%(low)s to %(high)s", low=show.signed(halves.more.low * 100), high=show.signed(halves.more.high * 100)),
        )  # fmt: skip
    for value in [each for each in found.values if not each.cohort and not isnan(each.median.value)][:1]:
        days = how_long(round(value.median.value), "day", language)
        beside = counted(value.reached / value.customers, value.customers, language)
        yield Tile(_("Half had %(value)s after", value=apart(language.called(value.name))), days, beside)


def _place(found: Cohorts, halves: Compared | None) -> int | None:
    return halves.place if halves else told_age(found.curve["reached"].to_list())


def _of_all(found: Cohorts, place: int) -> Interval:
    row = found.curve.row(place, named=True)
    return Interval(*(nan if row[end] is None else row[end] for end in ("share", "low", "high")))
