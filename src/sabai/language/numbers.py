"""The one place where a number, a share, an amount of money or a date becomes text.

Digits are 0-9 in every language: Babel writes dates so, tables stay aligned, and an amount can be copied into a
spreadsheet. Everything else (separators, signs, where the currency stands, names of months) follows the locale.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan
from typing import Literal

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
    get_currency_symbol,
)

from sabai.dates import from_day

Calendar = Literal["gregorian", "buddhist"]
BUDDHIST = 543  # years before the Gregorian ones
DIGITS = "latn"
LEFT_TO_RIGHT = "\u200e"
MARKS = "\u200e\u200f\u061c"  # of direction


@dataclass(frozen=True, slots=True)
class Formatter:
    """Everything that is not a word. Unknown (None or NaN) is `unknown`, never 0.

    >>> show = Formatter(Locale("en"), "unknown")
    >>> show.number(1234.5), show.signed(-2.25), show.percent(0.625), show.money(123450, "USD"), show.date(20413)
    ('1,234.5', '-2.2', '62%', '$1,234.50', 'Nov 21, 2025')
    >>> show.number(float("nan")), show.money(500, "JPY")
    ('unknown', '¥500')
    """

    locale: Locale
    unknown: str
    calendar: Calendar = "gregorian"
    minus: str = "-"

    def number(self, value: float | None, decimals: int = 1) -> str:
        """At most `decimals` digits after the point; fewer where they say nothing."""
        return self._known(
            value, lambda known: self._turned(_decimal(round(known, decimals) + 0.0, "0.###", self.locale))
        )

    def fixed(self, value: float | None, decimals: int = 0) -> str:
        """Exactly `decimals` digits after the point, for columns."""
        return self._known(
            value, lambda known: self._turned(_decimal(round(known, decimals) + 0.0, _places(decimals), self.locale))
        )

    def signed(self, value: float | None, decimals: int = 1) -> str:
        """With its sign, as a change is written."""
        return self._known(
            value, lambda known: self._turned(_signed(round(known, decimals) + 0.0, _places(decimals), self.locale))
        )

    def percent(self, share: float | None, decimals: int = 0) -> str:
        return self._known(share, lambda known: self._turned(_percent(round(known, 3), decimals, self.locale)))

    def money(self, minor: float | None, currency: str) -> str:
        """`minor` counts the smallest unit of `currency`: cents of a dollar, but whole yen."""
        return self._known(minor, lambda known: self._turned(_money(major(known, currency), currency, self.locale)))

    def money_short(self, minor: float | None, currency: str) -> str:
        """For headlines: three significant digits at most, `$1.2M`."""
        return self._known(
            minor, lambda known: self._turned(_compact_money(major(known, currency), currency, self.locale))
        )

    def short(self, value: float | None) -> str:
        """At an axis: as few digits as tell it, in the words of the language.

        >>> Formatter(Locale("en"), "").short(250_000), Formatter(Locale("ja"), "").short(250_000)
        ('250K', '25万')
        """
        return self._known(value, lambda known: self._turned(_compact(known, self.locale)))

    def date(self, day: int | datetime.date) -> str:
        """
        >>> Formatter(Locale("th"), "").date(20413), Formatter(Locale("th"), "", "buddhist").date(20413)
        ('21 พ.ย. 2025', '21 พ.ย. 2568')
        """
        return self._in_its_year(_as_date(day), "yMMMd")

    def month(self, day: int | datetime.date) -> str:
        return self._in_its_year(_as_date(day), "yMMM")

    def day_of_year(self, day: int | datetime.date) -> str:
        """Day and month, where the year is plain from elsewhere."""
        return _date(_as_date(day), "MMMd", self.locale)

    def listed(self, items: Sequence[str]) -> str:
        """Some words as one list, joined as the language does it; empty where there are none.

        >>> Formatter(Locale("en"), "").listed(["nps", "use"]), Formatter(Locale("ja"), "").listed(["nps", "use"])
        ('nps and use', 'nps、use')
        """
        if self.locale.language == "th" and len(items) > 1:  # Unicode's Thai runs names in other letters together
            return f"{', '.join(items[:-1])} และ {items[-1]}"
        return format_list(items, locale=self.locale)

    def _in_its_year(self, day: datetime.date, skeleton: str) -> str:
        """Babel writes Gregorian years only. Thais count from the Buddha, and write such a year without its era."""
        text = _date(day, skeleton, self.locale)
        buddhist = self.calendar == "buddhist" and self.locale.language == "th"
        return text.replace(str(day.year), str(day.year + BUDDHIST)) if buddhist else text

    def _turned(self, text: str) -> str:
        """In text that runs right to left a sign stays before its digits only behind a left-to-right mark."""
        bare = text.lstrip(MARKS)
        if bare[0] == "-":
            text = bare = self.minus + bare[1:]
        return LEFT_TO_RIGHT + bare if bare[0] in "+" + self.minus and self.locale.text_direction == "rtl" else text

    def _known(self, value: float | None, write: Callable[[float], str]) -> str:
        return self.unknown if value is None or isnan(value) else write(float(value))


def is_unknown(value: float | None) -> bool:
    """
    >>> is_unknown(None), is_unknown(float("nan")), is_unknown(0.0)
    (True, True, False)
    """
    return value is None or isnan(value)


def major(minor: float, currency: str) -> float:
    """Minor units as the amount that people say.

    >>> major(123450, "USD"), major(500, "JPY"), major(1500, "KWD")
    (1234.5, 500.0, 1.5)
    """
    return minor / float(10 ** get_currency_precision(currency))


def _places(decimals: int) -> str:
    return "0." + "0" * decimals if decimals else "0"


def _as_date(day: int | datetime.date) -> datetime.date:
    return day if isinstance(day, datetime.date) else from_day(day)


@lru_cache(maxsize=20_000)
def _decimal(value: float, pattern: str, locale: Locale) -> str:
    return format_decimal(value, f"#,##{pattern}", locale=locale, numbering_system=DIGITS)


@lru_cache(maxsize=20_000)
def _signed(value: float, pattern: str, locale: Locale) -> str:
    positive = "" if value == 0 else "+"
    return format_decimal(value, f"{positive}#,##{pattern};-#,##{pattern}", locale=locale, numbering_system=DIGITS)


@lru_cache(maxsize=2_000)
def _percent(share: float, decimals: int, locale: Locale) -> str:
    pattern = locale.percent_formats[None].pattern.replace("0", _places(decimals))
    return format_percent(share, pattern, locale=locale, numbering_system=DIGITS)


@lru_cache(maxsize=20_000)
def _date(day: datetime.date, skeleton: str, locale: Locale) -> str:
    return format_skeleton(skeleton, day, locale=locale)


@lru_cache(maxsize=20_000)
def _money(amount: float, currency: str, locale: Locale) -> str:
    return _spaced(format_currency(amount, currency, locale=locale, numbering_system=DIGITS), currency, locale)


def _whole_money(amount: float, currency: str, locale: Locale) -> str:
    whole = locale.currency_formats["standard"].pattern.replace("0.00", "0")
    text = format_currency(amount, currency, whole, locale=locale, currency_digits=False, numbering_system=DIGITS)
    return _spaced(text, currency, locale)


@lru_cache(maxsize=20_000)
def _compact_money(amount: float, currency: str, locale: Locale) -> str:
    """Where the language has no shorter word for so much, whole units; below a hundred the small ones too."""
    text = format_compact_currency(amount, currency, locale=locale, fraction_digits=1, numbering_system=DIGITS)
    if str(int(abs(amount))) not in text:
        return _spaced(text, currency, locale)
    small = abs(amount) < 100 and amount % 1 != 0
    return _money(amount, currency, locale) if small else _whole_money(amount, currency, locale)


@lru_cache(maxsize=20_000)
def _compact(value: float, locale: Locale) -> str:
    """Babel gives the whole number where the language has no shorter word for so much: then it is grouped."""
    text = format_compact_decimal(value, locale=locale, fraction_digits=1)
    return _decimal(round(value, 1) + 0.0, "0.###", locale) if abs(value) < 1000 else text


def _spaced(text: str, currency: str, locale: Locale) -> str:
    """A currency that is written in letters stands apart from its digits, as Unicode wants and Babel forgets."""
    symbol = get_currency_symbol(currency, locale)
    return re.sub(rf"({re.escape(symbol)})(?=\d)", "\\1\u00a0", text) if symbol[-1].isalpha() else text
