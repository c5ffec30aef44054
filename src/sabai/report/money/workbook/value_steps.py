"""Renewal after renewal of one customer: who is still there, and what it adds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sabai.report.money.workbook.cells import Cell, Row, at
from sabai.value.by_contract import discount_of_term
from sabai.value.curve import Curve

DISCOUNT, TERM, RENEWED = "$B$6", "$B$9", "$B$10"
A, B, C, RATE = "$B$13", "$B$14", "$B$15", "$B$16"
"""Where the facts of the customer stand, on the same sheet."""


def steps(curve: Curve, renewed: int, term_months: int, a_year: float, terms: int, first: int) -> Sequence[Row]:
    """So many renewals from the row `first` on: its number, S(t), S(t) over S now, what money then is worth at the next
    renewal, and the product."""
    later = renewed + 1 + np.arange(terms)
    there = np.exp(curve.log_survival(later) - curve.log_survival(np.array([renewed])))
    discounted = (1 + discount_of_term(a_year, term_months)) ** -np.arange(terms, dtype=np.float64)
    columns = (later, curve.survival(later), there, discounted, there * discounted)
    values = np.stack([column.astype(np.float64) for column in columns], axis=1).tolist()
    return tuple(_step(first + place, place, first, value) for place, value in enumerate(values))


def _step(row: int, place: int, first: int, values: Sequence[float]) -> Row:
    number, _there, share, discounted = (at(row, column) for column in range(4))
    lasting = _log_beta(number)
    formulas = (
        f"{RENEWED}+1" if not place else f"{at(row - 1, 0)}+1",
        f'IF({A}="",{RATE}^{number},EXP({lasting}-GAMMALN({B})+GAMMALN({A}+{B})))',
        f'IF({A}="",{RATE}^({number}-{RENEWED}),EXP({lasting}-({_log_beta(RENEWED)})))',
        f"(1+{DISCOUNT})^(-{TERM}/12*({number}-{at(first, 0, fixed=True)}))",
        f"{share}*{discounted}",
    )
    styles = ("count", *("fine",) * 4)
    return tuple(Cell(*each) for each in zip(values, styles, formulas, strict=True))


def _log_beta(number: str) -> str:
    """ln B(a, b + t^c), but for ln Γ(a), which cancels."""
    return f"GAMMALN({B}+{number}^{C})-GAMMALN({A}+{B}+{number}^{C})"
