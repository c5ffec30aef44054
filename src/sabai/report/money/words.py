"""Words that every page of the money side uses."""

from __future__ import annotations

import re
from typing import Literal

from sabai.dates import from_day
from sabai.facts.money import exponents
from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.language.numbers import major
from sabai.report.proof.sentence import span
from sabai.retention.periods import Periods

Unit = Literal["day", "week", "month"]
GROUP_WORDS = {
    "owner": gettext_noop("owner"),
    "product": gettext_noop("product"),
    "cohort": gettext_noop("quarter in which they came"),
    "segment": gettext_noop("segment"),
    "country": gettext_noop("country"),
    "industry": gettext_noop("industry"),
    "language": gettext_noop("language"),
}
LABELLED = ("segment", "stage", "first-action")
EVERY_WORDS = {
    "month": gettext_noop("Month"),
    "quarter": gettext_noop("Quarter"),
    "year": gettext_noop("Year"),
    "span": gettext_noop("Time"),
}

_AMOUNT = re.compile(r"(-?\d{1,3}(?:,\d{3})*(?:\.\d+)?) ([A-Z]{3})\b")


def group_word(by: str, language: Language) -> str:
    """What customers are told apart by; a column of the user's own keeps its name."""
    return language.gettext(GROUP_WORDS[by]) if by in GROUP_WORDS else by


def group_called(by: str, name: str | None, language: Language) -> str:
    """A group of those told apart by `by`, by its label where it has one; what is somebody's own name stays.

    >>> from sabai.language.language import speak
    >>> here = speak("en").calling({"smb": {"": "Small firms"}})
    >>> group_called("segment", "smb", here), group_called("owner", "smb", here)
    ('Small firms', 'smb')
    """
    if not name:
        return language.show.unknown
    if by == "owner":
        return language.person(name)
    return language.called(name) if by in LABELLED else name


def period_name(periods: Periods, place: int, language: Language) -> str:
    """A period as it is said in the language."""
    show, first, end = language.show, int(periods.starts[place]), int(periods.ends[place])
    if periods.every == "month":
        return show.month(first)
    if periods.every == "year":
        return str(from_day(first).year)
    if periods.every == "quarter":
        return span(show.month(first), show.month(end - 1))
    return span(show.date(first), show.date(end - 1))


def period_names(periods: Periods, language: Language) -> list[str]:
    """All of them."""
    return [period_name(periods, place, language) for place in range(len(periods))]


def how_long(num: int, unit: Unit, language: Language, written: str = "") -> str:
    """So many days, weeks or months, in the form that the language has for so many; `written` where it is a span.

    >>> from sabai.language.language import speak
    >>> how_long(1, "week", speak("en")), how_long(6, "month", speak("en"), "4–6")
    ('1 week', '4–6 months')
    """
    said = {"num": written} if written else {}
    if unit == "day":
        return language.ngettext("%(num)s day", "%(num)s days", num, **said)
    if unit == "week":
        return language.ngettext("%(num)s week", "%(num)s weeks", num, **said)
    return language.ngettext("%(num)s month", "%(num)s months", num, **said)


def counted(share: float, n: int, language: Language) -> str:
    """A share, and of how many."""
    show = language.show
    return language.gettext("%(share)s, n = %(n)s", share=show.percent(share, 1), n=show.fixed(n))


def tick(share: float, language: Language) -> str:
    """A share at an axis, with as few digits as it needs."""
    return language.show.percent(share, 0 if abs(share * 100 - round(share * 100)) < 1e-6 else 1)


def amount_at_axis(minor: float, currency: str, language: Language) -> str:
    """An amount without its currency, which the page says: 250K, 1.5M."""
    return language.show.short(major(minor, currency))


def signed_money(minor: int, currency: str, language: Language) -> str:
    """An amount that came or went."""
    sign = "+" if minor >= 0 else "−"
    return f"{sign}\u2060{language.show.money_short(abs(minor), currency)}"


def amounts_short(sentence: str, language: Language) -> str:
    """Amounts that a room without languages wrote out, as the page writes all others.

    >>> from sabai.language.language import speak
    >>> amounts_short("Paid in part: 3, 3,386.57 THB.", speak("en"))
    'Paid in part: 3, THB\xa03.4K.'
    """
    return _AMOUNT.sub(lambda found: _short(found[0], found[1], found[2], language), sentence)


def _short(written: str, amount: str, currency: str, language: Language) -> str:
    digits = exponents().get(currency)
    if digits is None:
        return written
    return language.show.money_short(float(amount.replace(",", "")) * 10**digits, currency)


def share_of(interval: Interval, language: Language, decimals: int = 1) -> str:
    """A share with what it may well be; unknown is said."""
    write = language.show.percent
    if interval.low != interval.low or interval.value != interval.value:
        return write(interval.value, decimals)
    return f"{write(interval.value, decimals)} ({span(write(interval.low, decimals), write(interval.high, decimals))})"
