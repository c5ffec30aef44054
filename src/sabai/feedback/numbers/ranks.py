"""Whether two things rise together: Spearman's correlation of ranks, with the interval of drawn accounts."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from sabai.feedback.numbers.cells import same_draws
from sabai.feedback.numbers.changes import Change, from_draws
from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, dense, drawn_sums


def rise_together(one: Floats, other: Floats, account: Accounts) -> Change:
    """From −1 to 1; p is that of no correlation at all. Ranks are those among all answers, in every draw.

    >>> ten = np.arange(10.0)
    >>> rise_together(ten, ten**3, ten.astype(np.int32)).difference.value
    1.0
    """
    x, y = (_centred(rankdata(each)) for each in (one, other))
    who, accounts = dense(account)
    counts = same_draws(accounts)
    n, sx, sy, sxx, syy, sxy = (
        drawn_sums(each, who, counts)[0] for each in (np.ones(len(x)), x, y, x * x, y * y, x * y)
    )
    return from_draws(_correlation(x, y), _of_sums(n, sx, sy, sxx, syy, sxy))


def _centred(ranks: Floats) -> Floats:
    centred: Floats = ranks - ranks.mean()
    return centred


def _correlation(x: Floats, y: Floats) -> float:
    spread = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / spread if spread else float("nan")


def _of_sums(n: Floats, sx: Floats, sy: Floats, sxx: Floats, syy: Floats, sxy: Floats) -> Floats:
    spread = (n * sxx - sx**2) * (n * syy - sy**2)
    found: Floats = np.full(n.shape, np.nan)
    np.divide(n * sxy - sx * sy, np.sqrt(np.maximum(spread, 0)), out=found, where=spread > 1e-9)
    return found
