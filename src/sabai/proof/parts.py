"""The score judged on some of the rows: by segment, by age, by whether a renewal was due; and weighted by revenue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.proof.draws import Flags
from sabai.proof.judged import Rows
from sabai.proof.past import Past

Kind = Literal["young", "grown", "exposed", "not exposed", "by revenue", "segment"]
FEWEST = 10
"""Accounts that left, below which a part is counted and not judged."""


@dataclass(frozen=True, slots=True)
class Part:
    """`name` is the segment's, else empty. `auc` is NaN where fewer than FEWEST accounts left."""

    kind: Kind
    name: str
    rows: int
    churned: int
    auc: Interval


def parts(past: Past, judged: Rows, risk: Floats, horizon_days: int) -> Iterator[Part]:
    """`past` has the rows of `judged`, with the `risk` (rows,) that was stated for them. Parts without rows are left
    out, and so is a split of which one side has none."""
    exposed = past.exposed(horizon_days)
    yield from _halves(("young", past.young), ("grown", ~past.young), judged, risk)
    yield from _halves(("exposed", exposed == 1), ("not exposed", exposed == 0), judged, risk)
    pays = past.revenue > 0
    if pays.any():
        yield _part("by revenue", "", judged.only(pays), risk[pays], past.revenue[pays])
    places = np.unique(past.segment)
    for place in places if len(places) > 1 else ():
        here = past.segment == place
        yield _part("segment", past.segments[place], judged.only(here), risk[here])


def _halves(one: tuple[Kind, Flags], other: tuple[Kind, Flags], judged: Rows, risk: Floats) -> Iterator[Part]:
    if one[1].any() and other[1].any():
        for kind, here in (one, other):
            yield _part(kind, "", judged.only(here), risk[here])


def _part(kind: Kind, name: str, judged: Rows, risk: Floats, weight: Floats | None = None) -> Part:
    unknown = Interval(np.nan, np.nan, np.nan)
    told = judged.churned >= FEWEST
    return Part(kind, name, len(judged), judged.churned, judged.auc(risk, weight).interval if told else unknown)
