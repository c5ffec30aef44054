"""Student's t without scipy, for pages that must stay light."""

from __future__ import annotations

_Z = 1.959963984540054  # the normal quantile of .975
FEWEST = 9.0  # degrees of freedom from which on the expansion is exact to four digits


def student(freedom: float) -> float:
    """The quantile .975 with so many degrees of freedom, which need not be whole; NaN below FEWEST.

    The expansion of Cornish and Fisher (1937) in powers of 1 / freedom.

    >>> round(student(9), 4), round(student(99), 4), student(8)
    (2.2621, 1.9842, nan)
    """
    if freedom < FEWEST:
        return float("nan")
    z, square = _Z, _Z * _Z
    terms = (
        (square + 1) / 4,
        (5 * square**2 + 16 * square + 3) / 96,
        (3 * square**3 + 19 * square**2 + 17 * square - 15) / 384,
        (79 * square**4 + 776 * square**3 + 1482 * square**2 - 1920 * square - 945) / 92_160,
    )
    return z * (1 + sum(term / freedom**power for power, term in enumerate(terms, 1)))
