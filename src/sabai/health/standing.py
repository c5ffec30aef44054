"""Where accounts stand after a Monday: all that the bands of the next one need to know of the past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BANDS = ("healthy", "at_risk", "unhealthy", "unknown")
HEALTHY, AT_RISK, UNHEALTHY, UNKNOWN = (np.int8(index) for index in range(len(BANDS)))

BandArray = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Standing:
    """`band` and `young` have shape (accounts,), as indexes into BANDS and as flags; `best` and `worst` have shape
    (Mondays that must agree, accounts): which band each of the last Mondays supports at best, and at worst."""

    band: BandArray
    young: NDArray[np.bool_]
    best: BandArray
    worst: BandArray

    def of(self, places: NDArray[np.int64]) -> Standing:
        """The accounts at these places; -1 is an account that has never stood anywhere."""
        padded = together([self, nowhere(1, len(self.best))])
        return Standing(padded.band[places], padded.young[places], padded.best[:, places], padded.worst[:, places])


def nowhere(accounts: int, weeks: int) -> Standing:
    """Nobody has a band, and no Monday asks for anything yet."""
    return Standing(
        np.full(accounts, UNKNOWN),
        np.zeros(accounts, dtype=np.bool_),
        np.full((weeks, accounts), HEALTHY),
        np.full((weeks, accounts), UNHEALTHY),
    )


def together(parts: Sequence[Standing]) -> Standing:
    """Runs of accounts, one after the other."""
    return Standing(
        np.concatenate([part.band for part in parts]),
        np.concatenate([part.young for part in parts]),
        np.hstack([part.best for part in parts]),
        np.hstack([part.worst for part in parts]),
    )
