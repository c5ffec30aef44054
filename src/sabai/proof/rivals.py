"""What else could have told who leaves: each factor alone, tenure alone, other weights; all on the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sabai.intervals import Interval
from sabai.metrics.grid import Floats
from sabai.proof.judged import Rows
from sabai.proof.past import Past

Kind = Literal["score", "learned", "ceiling", "tenure", "factor"]


@dataclass(frozen=True, slots=True)
class Rival:
    """`gain` is its AUC less that of the score, paired."""

    kind: Kind
    name: str
    auc: Interval
    gain: Interval


def compared(judged: Rows, risks: Mapping[Kind, Floats], past: Past) -> tuple[Rival, ...]:
    """The score of `risks` (rows,), the others, every factor of the rows `past` alone, and a short tenure; each against
    the score. Where one is unknown, its mean stands in: it says nothing."""
    named: list[tuple[Kind, str, Floats]] = [
        ("score", "", risks["score"]),
        *((kind, "", risk) for kind, risk in risks.items() if kind != "score"),
        *(("factor", name, 100 - points) for name, points in past.points.items()),
        ("tenure", "", -past.tenure_days),
    ]
    measured = judged.aucs(np.column_stack([_filled(risk) for _, _, risk in named]))
    return tuple(
        Rival(kind, name, each.interval, (each - measured[0]).interval)
        for (kind, name, _), each in zip(named, measured, strict=True)
    )


def best_factor(rivals: Sequence[Rival]) -> Rival | None:
    factors = [rival for rival in rivals if rival.kind == "factor" and not np.isnan(rival.auc.value)]
    return max(factors, key=lambda rival: rival.auc.value, default=None)


def _filled(risk: Floats) -> Floats:
    known = ~np.isnan(risk)
    return np.where(known, risk, risk[known].mean() if known.any() else 0.0)
