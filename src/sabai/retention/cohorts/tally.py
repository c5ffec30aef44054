"""Those who began together, added up while runs of accounts pass by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sabai.retention.cohorts.seen import Seen

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cohort:
    """`size` began; of them `reached` came to each age, and `active` of these were there; shape (ages,)."""

    name: str
    size: int
    reached: Counts
    active: Counts


@dataclass(slots=True)
class Tally:
    """Sums by the name of the cohort."""

    ages: int
    _sums: dict[str, Counts] = field(default_factory=dict)

    def add(self, seen: Iterable[Seen]) -> Tally:
        for run in seen:
            self._add(run)
        return self

    def _add(self, run: Seen) -> None:
        order = np.argsort(run.cohort, kind="stable")
        codes, begins = np.unique(run.cohort[order], return_index=True)
        if not len(codes):
            return
        everybody = np.ones((len(order), 1), dtype=np.int64)
        counted = np.concatenate([everybody, run.reached, run.active & run.reached], axis=1)[order]
        sums = np.add.reduceat(counted, begins, axis=0)
        for code, row in zip(codes.tolist(), sums, strict=True):
            name = run.names[code]
            self._sums[name] = self._sums.get(name, np.zeros_like(row)) + row

    def cohorts(self) -> tuple[Cohort, ...]:
        """By name; those that nobody can place (an empty name) last."""
        names = sorted(self._sums, key=lambda name: (not name, name))
        return tuple(self._cohort(name, self._sums[name]) for name in names)

    def _cohort(self, name: str, sums: Counts) -> Cohort:
        return Cohort(name, int(sums[0]), sums[1 : 1 + self.ages], sums[1 + self.ages :])


def together(cohorts: tuple[Cohort, ...], ages: int) -> Cohort:
    """All of them as one: each weighs as much as it has members that reached the age."""
    none = np.zeros(ages, dtype=np.int64)
    return Cohort(
        "",
        sum(each.size for each in cohorts),
        sum((each.reached for each in cohorts), none),
        sum((each.active for each in cohorts), none),
    )
