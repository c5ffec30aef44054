"""Two replays of the same past, row beside row: the same account at the same date, under two definitions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.definitions.model import Definitions
from sabai.facts.manifest import fingerprint
from sabai.proof.past import Past
from sabai.proof.replay import Replay


@dataclass(frozen=True, slots=True)
class Pair:
    """`before` and `after` have the same accounts at the same dates, in the same order."""

    before: Past
    after: Past

    def __len__(self) -> int:
        return len(self.before)

    def only(self, rows: NDArray[np.bool_]) -> Pair:
        return Pair(self.before.only(rows), self.after.only(rows))


def lands_alike(before: Definitions, after: Definitions) -> bool:
    """Whether both make the same facts of the same files: the same sources, time zone and currency. Then a second
    landing into the same folder takes no time; else `after` must be landed anew, into another folder.

        look_back(replace(request, definitions=after), question)  # lands_alike
        look_back(replace(request, definitions=after, out=out / "other"), question)  # not
    """
    return fingerprint(before, ()) == fingerprint(after, ())


def paired(before: Past, after: Past) -> Pair:
    """The rows that stand in both, matched by account id and date, ordered by date."""
    one, other = (_keys(past, _numbers((before, after))) for past in (before, after))
    _, left, right = np.intersect1d(one, other, assume_unique=True, return_indices=True)
    return Pair(before.only(left), after.only(right))


def same_question(before: Replay, after: Replay) -> bool:
    """Whether both foretell the same: rows that were held out by one must be held out by the other."""
    return (before.label, before.horizon_days, before.split) == (after.label, after.horizon_days, after.split)


def _numbers(pasts: tuple[Past, Past]) -> dict[str, int]:
    names = sorted({name for past in pasts for name in past.accounts})
    return {name: place for place, name in enumerate(names)}


def _keys(past: Past, numbers: dict[str, int]) -> NDArray[np.int64]:
    """One number for date and account, in the order of both."""
    account = np.array([numbers[name] for name in past.accounts], dtype=np.int64)[past.account]
    return np.asarray(past.as_of.astype(np.int64) << 32 | account)
