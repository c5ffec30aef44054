"""A notice that counts: how many there are, and how much money they are about."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from sabai.errors import Issue
from sabai.facts.money import exponents


def counted(code: str, what: str, count: int, why: str, hint: str = "") -> Iterator[Issue]:
    """The notice, where there is anything to count."""
    if count:
        yield Issue(code, f"{what}: {count:,}.", "", why, hint)


class Counted:
    """Counts rows of a frame, and says how much money they are about."""

    def __init__(self, rows: pl.DataFrame, currency: str) -> None:
        self._rows, self._currency = rows, currency

    def of(
        self, code: str, what: str, where: pl.Expr, amount_minor: pl.Expr | None, why: str, hint: str = ""
    ) -> Iterator[Issue]:
        chosen = self._rows.filter(where.fill_null(False))
        if chosen.height:
            sum_minor = None if amount_minor is None else int(chosen.select(amount_minor.sum()).item())
            money = "" if sum_minor is None else f", {major(sum_minor, self._currency)}"
            yield Issue(code, f"{what}: {chosen.height:,}{money}.", "", why, hint)


def major(amount_minor: int, currency: str) -> str:
    """
    >>> major(-123456, "THB"), major(5000, "JPY")
    ('-1,234.56 THB', '5,000 JPY')
    """
    exponent = exponents()[currency]
    return f"{amount_minor / 10**exponent:,.{exponent}f} {currency}"
