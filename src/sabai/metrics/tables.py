"""What the kernel reads beside the rows: the tables of what each metric of a stream wants of each kind of row.

`wishes.py` makes them. A wish is what one metric wants of one kind of row; a tally is what several of them add up.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# How a wish carries.
LAST, LOWEST, HIGHEST = 0, 1, 2

Ints = NDArray[np.int64]
Places = NDArray[np.uint64]
Dates = NDArray[np.uint32]
"""Indexes of as-of dates."""


class Spans(NamedTuple):
    """Of every window and shift. Rows open at the end 2 × span and close at the next; spans of one shift open together,
    at the end of the first of them."""

    window: Ints  # 0: for ever
    shift: Ints
    opens: Places  # the first span of the same shift


class Counted(NamedTuple):
    """Tallies that count rows; those of kind k are begins[k] to begins[k + 1]."""

    begins: Places
    end: Places


class Summed(NamedTuple):
    """Tallies of values, behind those that count."""

    begins: Places
    column: Places
    seen: NDArray[np.bool_]  # the value does not matter, only whether there is one
    end: Places


class Added(NamedTuple):
    """Metrics whose steps are one tally less another."""

    begins: Places
    slot: Places
    opens: Places
    closes: Places


class Distinct(NamedTuple):
    """Different keys of one span; those of kind k in span s are begins[s, k] to begins[s, k + 1]."""

    begins: NDArray[np.uint64]
    slot: Places
    key: Places
    sweep: Places
    end: Places  # where they close


class Carried(NamedTuple):
    begins: Places
    slot: Places
    how: Ints
    column: Ints  # -1: the day itself
    opens: Places
    closes: Places


class Tables(NamedTuple):
    counted: Counted
    summed: Summed
    added: Added
    distinct: Distinct
    carried: Carried
