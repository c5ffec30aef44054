"""What some answers to one question come to: the number that is read first, the mean, and how sure both are.

Answers of one customer hang together. Drawing accounts again and again is for jobs; here they count as so many
independent answers as they are worth (Kish 1965), and the intervals of independent answers are taken of so many.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, sqrt

import numpy as np
from numpy.typing import NDArray

from sabai.desk.responses.mood import ENDS
from sabai.desk.surveys.form import SCALES, Kind
from sabai.feedback.numbers.changes import UNKNOWN, Change, two_waves
from sabai.feedback.numbers.student import student
from sabai.feedback.numbers.votes import LEAST, Votes, leaning
from sabai.intervals import Interval, wilson
from sabai.metrics.grid import Floats

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to one question, each array of shape (answers,). `account` numbers the accounts from 0 on, and whoever
    nobody knows by a number of their own."""

    kind: Kind
    score: Whole
    account: Whole

    def of(self, which: NDArray[np.bool_]) -> Answers:
        """Those of which it is true."""
        return Answers(self.kind, self.score[which], self.account[which])


@dataclass(frozen=True, slots=True)
class Found:
    """`main` is an NPS, or the share of the two best answers in percent; both numbers are None of too few.

    `worth` says as how many independent answers the `n` count, and `variance` is that of single ones.
    """

    n: int
    worth: float
    variance: float
    main: Interval | None
    mean: Interval | None

    def against(self, other: Found) -> Change:
        """This less the other; not known where either has too few."""
        if self.main is None or other.main is None:
            return UNKNOWN
        return two_waves(self.main.value, self.variance, self.worth, other.main.value, other.variance, other.worth)


def found(answers: Answers) -> Found:
    n = len(answers.score)
    if n < LEAST:
        return Found(n, n, float("nan"), None, None)
    values = _values(answers.kind, answers.score)
    counts = worth(values, answers.account)
    return Found(n, counts, float(values.var()), _main(answers, counts), _mean(answers, counts))


def worth(values: Floats, account: Whole) -> float:
    """As how many independent answers these count: fewer, the more those of one account are alike; never more.

    >>> pairs = np.array([1.0, 1, 0, 0, 1, 1, 0, 0])
    >>> round(worth(pairs, np.array([1, 1, 2, 2, 3, 3, 4, 4])), 1), worth(pairs, np.arange(8))
    (3.0, 8.0)
    """
    accounts, n = int(np.count_nonzero(np.bincount(account))), len(values)
    strays = values - values.mean()
    alone = float(strays @ strays)
    if accounts == n:
        return float(n)
    if accounts == 1 or not alone:
        return float(accounts)
    together = np.bincount(account, strays)
    return n / max(1.0, float(together @ together) * accounts / (accounts - 1) / alone)


def _values(kind: Kind, scores: Whole) -> Floats:
    """Their mean is what is read first."""
    return leaning(scores.astype(np.float64)) if kind == "nps" else np.where(scores >= SCALES[kind][1] - 1, 100.0, 0.0)


def _main(answers: Answers, worth: float) -> Interval | None:
    low, high = ENDS[answers.kind]
    each, scores = worth / len(answers.score), answers.score
    if answers.kind == "nps":
        against, for_us = int((scores <= low).sum()), int((scores >= high).sum())
        nps = Votes(each * for_us, each * (len(scores) - for_us - against), each * against).nps
        return None if isnan(nps.value) else nps
    best = wilson(each * int((scores >= SCALES[answers.kind][1] - 1).sum()), worth)
    return Interval(100 * best.value, 100 * best.low, 100 * best.high)


def _mean(answers: Answers, worth: float) -> Interval:
    """With Student's interval, cut to the scale; none where the answers are worth too few."""
    (low, high), value = SCALES[answers.kind], float(answers.score.mean())
    half = student(worth - 1) * float(answers.score.std(ddof=1)) / sqrt(worth)
    if isnan(half):
        return Interval(value, half, half)
    return Interval(value, max(low, value - half), min(high, value + half))
