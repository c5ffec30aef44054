"""Sets of answers to one question, reduced to sums: what is read first, with an interval, and what differs.

Answers of one account hang together. Where any account answered more than once, intervals come from whole accounts that
are drawn again and again, and differences are paired: both sides are measured on the same draws.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sabai.feedback.numbers.changes import UNKNOWN, Change, from_draws, two_waves
from sabai.feedback.numbers.means import mean_of, variance_of
from sabai.feedback.numbers.scales import Question
from sabai.feedback.numbers.votes import LEAST, Votes, votes_of
from sabai.intervals import Interval, of_draws, wilson
from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, Counts, account_draws, dense, drawn_sums, share

DRAWS, SEED = 1000, 7
_UNKNOWN = UNKNOWN.difference


@dataclass(frozen=True, slots=True)
class Draws:
    """On every draw of accounts: the sum of what is read first, the sum of scores, how many are best, and how many."""

    total: Floats
    score: Floats
    best: Floats
    n: Floats

    def __sub__(self, other: Draws) -> Draws:
        return Draws(self.total - other.total, self.score - other.score, self.best - other.best, self.n - other.n)


@dataclass(frozen=True, slots=True)
class Cell:
    """`total` and `squares` are of `question.values`, `score` and `score_squares` of the scores as they were given."""

    question: Question
    n: int
    accounts: int
    total: float
    squares: float
    score: float
    score_squares: float
    best: int
    votes: Votes
    draws: Draws | None = None

    @property
    def enough(self) -> bool:
        """Whether there are so many that the score of them is shown."""
        return self.n >= LEAST

    @property
    def main(self) -> Interval:
        """What is read first; an NPS of too few is not known."""
        if self.question.main == "mean":
            return self.mean
        if self.question.main == "share":
            return self.share
        if not self.enough:
            return _UNKNOWN
        drawn = self._again
        return of_draws(self.total / self.n, share(drawn.total, drawn.n)) if drawn else self.votes.nps

    @property
    def mean(self) -> Interval:
        """Of the scores."""
        drawn, question = self._again, self.question
        if drawn:
            return of_draws(self.score / self.n, share(drawn.score, drawn.n))
        return mean_of(self.score, self.score_squares, self.n, question.low, question.high)

    @property
    def share(self) -> Interval:
        """Of those who gave one of the two best answers."""
        drawn = self._again
        return of_draws(self.best / self.n, share(drawn.best, drawn.n)) if drawn else wilson(self.best, self.n)

    @property
    def _again(self) -> Draws | None:
        """Draws are needed only where an account is there more than once."""
        return self.draws if self.n > self.accounts else None

    def without(self, part: Cell) -> Cell:
        """All others, to be compared with; how many accounts they are is not known, and at least one."""
        sums = ("n", "total", "squares", "score", "score_squares", "best")
        rest: dict[str, Any] = {name: getattr(self, name) - getattr(part, name) for name in sums}
        draws = self.draws - part.draws if self.draws and part.draws else None
        return replace(self, **rest, accounts=max(1, self.accounts - part.accounts), votes=Votes(0, 0, 0), draws=draws)

    def against(self, other: Cell) -> Change:
        """This less the other; not known where either has too few."""
        if not (self.enough and other.enough):
            return UNKNOWN
        one, two = self.total / self.n, other.total / other.n
        if self.draws and other.draws:
            drawn = share(self.draws.total, self.draws.n) - share(other.draws.total, other.draws.n)
            return from_draws(one - two, drawn)
        v1, v2 = (variance_of(each.total, each.squares, each.n) for each in (self, other))
        return two_waves(one, v1, self.n, two, v2, other.n)


@dataclass(frozen=True, slots=True)
class Said:
    """Answers to one question; `account` numbers the accounts. Arrays of shape (answers,)."""

    question: Question
    scores: Floats
    account: Accounts

    def cells(self, group: NDArray[np.integer], groups: int) -> list[Cell]:
        """One for each group, by its number."""
        account, accounts = dense(self.account)
        again = accounts < len(account)
        draws = self._draws(account, accounts, group, groups) if again else [None] * groups
        return [self._cell(np.flatnonzero(group == place), draws[place]) for place in range(groups)]

    def whole(self) -> Cell:
        """All of them."""
        return self.cells(np.zeros(len(self.scores), dtype=np.int32), 1)[0]

    def with_and_without(self, member: NDArray[np.bool_]) -> tuple[Cell, Cell]:
        """Those of whom it is true, and all others."""
        without, those = self.cells(member.astype(np.int32), 2)
        return those, without

    def _cell(self, rows: NDArray[np.intp], draws: Draws | None) -> Cell:
        scores = self.scores[rows]
        values, nps = self.question.values(scores), self.question.main == "nps"
        return Cell(
            self.question,
            n=len(rows),
            accounts=len(np.unique(self.account[rows])),
            total=float(values.sum()),
            squares=float(values @ values),
            score=float(scores.sum()),
            score_squares=float(scores @ scores),
            best=int(self.question.best(scores).sum()),
            votes=votes_of(scores) if nps else Votes(0, 0, 0),
            draws=draws,
        )

    def _draws(self, account: Accounts, accounts: int, group: NDArray[np.integer], groups: int) -> list[Draws | None]:
        counts = same_draws(accounts)
        of = (self.question.values(self.scores), self.scores, self.question.best(self.scores), np.ones(len(group)))
        total, score, best, n = (drawn_sums(each.astype(np.float64), account, counts, group, groups) for each in of)
        return [Draws(total[place], score[place], best[place], n[place]) for place in range(groups)]


@lru_cache(maxsize=2)
def same_draws(accounts: int) -> Counts:
    """Everything about the same accounts is measured on the same draws."""
    return account_draws(accounts, DRAWS, SEED)
