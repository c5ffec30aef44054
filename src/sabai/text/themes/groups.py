"""Groups of texts that mean alike: k-means on the sphere, the same every time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.text.sentences import Vectors

ROUNDS = 50
STARTS = 4
ONE = 0.65
"""Groups whose centres are as near as this speak of one thing."""


@dataclass(frozen=True, slots=True)
class Groups:
    """`group` of each row, and the unit `centre` of each group, shape (groups, dimensions)."""

    group: NDArray[np.int64]
    centre: Vectors


def grouped(rows: Vectors, groups: int, seed: int = 7) -> Groups:
    """Unit rows in so many groups, or fewer where fewer rows differ; of a few starts the one with the tightest groups.

    >>> grouped(np.array([[1, 0], [0.8, 0.6], [0, -1]], dtype=np.float32), 2).group.tolist() in ([0, 0, 1], [1, 1, 0])
    True
    """
    rng = np.random.default_rng(seed)
    tries = [_settled(rows, _spread(rows, groups, rng)) for _ in range(STARTS)]
    return _joined(rows, max(tries, key=lambda each: float(np.sum(rows * each.centre[each.group]))))


def _spread(rows: Vectors, groups: int, rng: np.random.Generator) -> Vectors:
    """Rows far from each other to begin with: each next one is drawn by its distance to those before."""
    chosen = [int(rng.integers(len(rows)))]
    far = 1 - rows @ rows[chosen[0]]
    while len(chosen) < groups:
        weight = np.maximum(far, 0).astype(np.float64)
        if weight.sum() < 1e-6:
            break
        chosen.append(int(rng.choice(len(rows), p=weight / weight.sum())))
        far = np.minimum(far, 1 - rows @ rows[chosen[-1]])
    return rows[chosen]


def _settled(rows: Vectors, centre: Vectors) -> Groups:
    group = np.full(len(rows), -1, dtype=np.int64)
    for _ in range(ROUNDS):
        nearest = (rows @ centre.T).argmax(axis=1)
        if np.array_equal(nearest, group):
            break
        group = nearest
        centre = np.stack([_centre(rows[group == each], old) for each, old in enumerate(centre)])
    return Groups(group, centre)


def _joined(rows: Vectors, found: Groups) -> Groups:
    """The groups, those in one that were torn apart: the two nearest first, until none are near."""
    group, centre = found.group.copy(), found.centre.copy()
    for _ in range(len(centre) - 1):
        near = centre @ centre.T
        near[np.triu_indices(len(centre))] = -1
        into, other = sorted(np.unravel_index(int(near.argmax()), near.shape))
        if near[other, into] < ONE:
            break
        group[group == other] = into
        group[group > other] -= 1
        centre = np.delete(centre, other, axis=0)
        centre[into] = _centre(rows[group == into], centre[into])
    return Groups(group, centre)


def _centre(rows: Vectors, otherwise: Vectors) -> Vectors:
    """The direction in which the rows lie; that of before where none is left, or where they cancel out."""
    total: Vectors = rows.sum(axis=0)
    length = float(np.linalg.norm(total))
    return total / np.float32(length) if length > 1e-6 else otherwise
