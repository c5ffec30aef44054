"""The likelihoods of BG/NBD and Gamma-Gamma added up over customers, compiled by Numba.

What depends on the number of purchases alone comes in as a table by that number: gamma functions are dear, and few
numbers occur.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sabai.metrics.grid import Floats

Which = NDArray[np.int64]


def compiled(function: Any) -> Any:
    return njit(cache=True, nogil=True, error_model="numpy")(function)


@compiled
def buying(which: Which, table: Floats, x: Floats, last: Floats, age: Floats, weight: Floats, values: Floats) -> Floats:
    """ln L of BG/NBD and its slopes by r, α, a, b, summed; `table[which]` is what x alone gives to each of the five."""
    r, alpha, a, b = values
    total = np.zeros(5)
    for row in range(len(x)):
        known, often = table[which[row]], x[row]
        stay, left, beyond = np.log(alpha + age[row]), 0.0, 0.0
        lived, slower = stay, 1.0 / (alpha + age[row])
        if often > 0:
            gone = np.log(alpha + last[row])
            odds = np.log(a / (b + often - 1.0)) + (r + often) * (stay - gone)
            left = 1.0 / (1.0 + np.exp(-odds))
            beyond = (odds if odds > 0.0 else 0.0) + np.log1p(np.exp(-abs(odds)))
            lived += left * (gone - stay)
            slower += left * (1.0 / (alpha + last[row]) - slower)
            total[4] -= weight[row] * left / (b + often - 1.0)
        total[0] += weight[row] * (known[0] - (r + often) * stay + beyond)
        total[1] += weight[row] * (known[1] - lived)
        total[2] += weight[row] * (known[2] - (r + often) * slower)
        total[3] += weight[row] * (known[3] + left / a)
        total[4] += weight[row] * known[4]
    return total


@compiled
def spending(which: Which, table: Floats, x: Floats, spent: Floats, values: Floats) -> Floats:
    """ln L of Gamma-Gamma without −ln m, and its slopes by p, q, v, summed; `table` as above, for four."""
    p, q, v = values
    total = np.zeros(4)
    for row in range(len(x)):
        known, part, most = table[which[row]], np.log(spent[row]), np.log(v + spent[row])
        shape = p * x[row]
        total[0] += known[0] + shape * part - (shape + q) * most
        total[1] += known[1] + x[row] * (part - most)
        total[2] += known[2] - most
        total[3] += known[3] - (shape + q) / (v + spent[row])
    return total
