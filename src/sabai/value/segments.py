"""Values summed over segments, with what it costs to win and to keep an account there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import polars as pl

from sabai.intervals import Interval
from sabai.value.costs import Costs
from sabai.value.valued import Valued
from sabai.value.values import SegmentValue, whole, worth
from sabai.value.who import ALL


def segments(valued: Valued, cost: Costs) -> tuple[SegmentValue, ...]:
    """One of all accounts, then each by name; a single segment is not said twice."""
    names = sorted(valued.frame["segment"].unique()) if valued.frame.height else []
    return tuple(_segment(valued, name, cost) for name in [ALL, *(name for name in names if name != ALL)])


def _segment(valued: Valued, name: str, cost: Costs) -> SegmentValue:
    rows = valued.frame
    inside = np.ones(rows.height, dtype=np.bool_) if name == ALL else (rows["segment"] == name).to_numpy()
    number = int((inside & valued.known).sum())
    total = valued.total((inside & valued.known).astype(np.float64)) if number else _unknown()
    mean = Interval(*(end / max(number, 1) for end in (total.value, total.low, total.high)))
    new, to_win = new_customer(valued, None if name == ALL else name), cost.to_win.get(name)
    naive = rows.filter(pl.Series(inside) & pl.Series(valued.known))["naive_minor"].drop_nulls()
    return SegmentValue(
        segment=name,
        accounts=int(inside.sum()),
        valued=number,
        mean=worth(mean),
        total=worth(total),
        naive_mean_minor=round(int(naive.sum()) / naive.len()) if naive.len() else None,
        new_minor=whole(new),
        cost_to_win_minor=None if to_win is None else round(to_win),
        ratio=new / to_win if to_win and np.isfinite(new) else None,
        cost_to_keep_minor=round(cost.to_keep[name]) if name in cost.to_keep else None,
    )


def new_customer(valued: Valued, segment: str | None) -> float:
    """What a new customer is worth; of all: as segments are found among those here."""
    if segment is not None:
        return valued.new_minor.get(segment, float("nan"))
    pairs = [(valued.new_minor[name], size) for name, size in _sizes(valued) if name in valued.new_minor]
    return _mean(pairs) if pairs else float("nan")


def _sizes(valued: Valued) -> Iterator[tuple[str, int]]:
    for (name,), rows in valued.frame.group_by("segment", maintain_order=True):
        yield str(name), rows.height


def _unknown() -> Interval:
    return Interval(float("nan"), float("nan"), float("nan"))


def _mean(pairs: list[tuple[float, int]]) -> float:
    return sum(value * size for value, size in pairs) / sum(size for _, size in pairs)
