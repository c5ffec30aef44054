"""Cells that people wrote, read as what a column of ours holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from time import strftime, strptime
from typing import Any

from babel.numbers import get_currency_precision

from sabai.facts.catalogue import Type

ORDERS = ("ymd", "dmy", "mdy")
FORMATS = {
    "ymd": ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"),
    "dmy": ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"),
    "mdy": ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y"),
}
CLOCKS = ("", " %H:%M", " %H:%M:%S")
WORDS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")


def moment(text: str, order: str) -> datetime | None:
    """
    >>> moment("3/2/2026", "dmy"), moment("2026-02-03T10:00:00Z", "ymd").hour
    (datetime.datetime(2026, 2, 3, 0, 0), 10)
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    day, _, clock = text.partition(" ")
    for form in FORMATS.get(order, ()):
        for suffix in (f" {clock}",) if clock else ("",):
            try:
                read = strptime(day, form)
                return datetime.fromisoformat(f"{strftime('%Y-%m-%d', read)}{suffix}")
            except ValueError:
                continue
    return None


def written_as(values: Sequence[str], order: str) -> str | None:
    """How all of these are written, as for strptime; None where they are ISO 8601, or where there is no one way.

    >>> written_as(["31/01/2024", "28/02/2024"], "dmy"), written_as(["2024-01-31"], "ymd")
    ('%d/%m/%Y', None)
    """
    if all(_reads(value, "iso") for value in values):
        return None
    forms = (day + clock for day in FORMATS.get(order, ()) for clock in CLOCKS)
    return next((form for form in forms if all(_reads(value, form) for value in values)), None)


def _reads(text: str, form: str) -> bool:
    try:
        datetime.fromisoformat(text) if form == "iso" else strptime(text, form)
    except ValueError:
        return False
    return True


def number(text: str) -> float | None:
    """
    >>> number("1,234.5"), number("12 %")
    (1234.5, None)
    """
    return float(text.replace(",", "")) if NUMBER.fullmatch(text) else None


def minor(text: str, currency: str) -> int | None:
    """An amount as people write it, in minor units.

    >>> minor("1,234.50", "THB"), minor("1200", "JPY"), minor("900", "CLP")
    (123450, 1200, 900)
    """
    if not NUMBER.fullmatch(text):
        return None
    try:
        amount = Decimal(text.replace(",", "")).scaleb(get_currency_precision(currency))
    except InvalidOperation:
        return None
    return int(amount) if amount == amount.to_integral_value() and abs(amount) < 2**63 else None


def reads(kind: Type, values: Sequence[str]) -> str | None:
    """Whether these could be values of that type: "" or, of dates, their order; None where one cannot be read."""
    if kind in ("date", "instant"):
        return next((order for order in ORDERS if all(moment(value, order) for value in values)), None)
    check: Callable[[str], object] = {
        "number": lambda value: number(value) is not None,
        "integer": lambda value: (found := number(value)) is not None and found.is_integer(),
        "money": lambda value: minor(value, "KWD") is not None,
        "flag": lambda value: value.lower() in WORDS,
    }.get(kind, lambda value: kind == "text")
    return "" if all(check(value) for value in values) else None


def value(kind: Type, text: str, order: str, currency: str, zone: Any) -> Any:
    """The cell as the tray of incoming rows wants it; None where it cannot be read."""
    if kind in ("date", "instant"):
        at = moment(text, order)
        if at is None:
            return None
        return at.date().isoformat() if kind == "date" else (at if at.tzinfo else at.replace(tzinfo=zone)).isoformat()
    if kind == "money":
        return minor(text, currency)
    if kind in ("number", "integer"):
        found = number(text)
        return found if found is None or kind == "number" else int(found)
    return WORDS.get(text.lower()) if kind == "flag" else text
