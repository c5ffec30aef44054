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


def compared(judged: Rows, risks: Mapping[tuple[Kind, str], Floats]) -> tuple[Rival, ...]:
    """All of `risks` (rows,) against the first of them. Where one is unknown, its mean stands in: it says nothing."""
    columns = np.column_stack([_filled(risk) for risk in risks.values()])
    measured = judged.aucs(columns)
    return tuple(
        Rival(kind, name, each.interval, (each - measured[0]).interval)
        for (kind, name), each in zip(risks, measured, strict=True)
    )


def simple(past: Past) -> dict[tuple[Kind, str], Floats]:
    """The risks that need no learning: few points of one factor, and a short tenure."""
    factors: dict[tuple[Kind, str], Floats] = {("factor", name): 100 - of for name, of in past.points.items()}
    return {**factors, ("tenure", ""): -past.tenure_days}


def best_factor(rivals: Sequence[Rival]) -> Rival | None:
    factors = [rival for rival in rivals if rival.kind == "factor" and not np.isnan(rival.auc.value)]
    return max(factors, key=lambda rival: rival.auc.value, default=None)


def _filled(risk: Floats) -> Floats:
    known = ~np.isnan(risk)
    return np.where(known, risk, risk[known].mean() if known.any() else 0.0)
