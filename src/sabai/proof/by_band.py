"""What became of the bands: how often each left, red against green, and whether worse bands left more often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sabai.health.standing import BANDS, HEALTHY, UNHEALTHY, BandArray
from sabai.intervals import Interval, of_draws
from sabai.metrics.grid import Floats
from sabai.proof.draws import Accounts, Counts, Flags, drawn_sums, share
from sabai.proof.rates import rate_of

_ORDER = np.arange(3.0)  # healthy, at risk, unhealthy; unknown has no place among them


@dataclass(frozen=True, slots=True)
class BandChurn:
    """`churned` rows of `rows`, and how many different accounts they are; `rate` is NaN where there are no rows."""

    band: str
    rows: int
    churned: int
    accounts: int
    churned_accounts: int
    rate: Interval


@dataclass(frozen=True, slots=True)
class ByBand:
    """Sums over the rows of each band of BANDS: shape (bands,), and on every draw (bands, draws).

    `rows` and `left` are weights where rows were weighted.
    """

    churn: tuple[BandChurn, ...]
    churned_accounts: int
    rows: Floats
    left: Floats
    drawn_rows: Floats
    drawn_left: Floats

    @classmethod
    def of(cls, y: Flags, band: BandArray, account: Accounts, counts: Counts, weight: Floats | None = None) -> ByBand:
        """`y` (rows,) says who left, `band` (rows,) indexes BANDS."""
        rows = np.ones(len(y)) if weight is None else weight
        plain: list[Floats] = [np.bincount(band, each, len(BANDS)).astype(np.float64) for each in (rows, rows * y)]
        drawn = [drawn_sums(each, account, counts, band, len(BANDS)) for each in (rows, rows * y)]
        rates = share(plain[1], plain[0]), share(drawn[1], drawn[0])
        churn = tuple(_churn(place, y, band, account, rates[0][place], rates[1][place]) for place in range(len(BANDS)))
        return cls(churn, len(np.unique(account[y])), plain[0], plain[1], drawn[0], drawn[1])

    def ratio(self, worse: int = int(UNHEALTHY), better: int = int(HEALTHY)) -> Interval:
        """How many times as often `worse` left as `better`: unhealthy against healthy, where nothing else is said.

        NaN where nobody of one of the two left: nothing can be compared then. `high` is inf where no draw bounds it.
        """
        if not (self.left[better] and self.left[worse]):
            return Interval(np.nan, np.nan, np.nan)
        value = _against(share(self.left, self.rows), worse, better)
        drawn = _against(share(self.drawn_left, self.drawn_rows), worse, better)
        part = of_draws(float(value), drawn)
        return Interval(*(_odds(each) for each in (part.value, part.low, part.high)))

    def trend(self) -> Interval:
        """By how much the churn rate rises with each worse band: the slope of Cochran (1954) and Armitage (1955).

        0.1 means ten more of 100 leave in each worse band; an interval above 0 is evidence. Rows without a band are not
        in it; NaN where there are fewer than two bands.
        """
        value = _slope(self.rows[:, None], self.left[:, None])[0]
        return of_draws(float(value), _slope(self.drawn_rows, self.drawn_left))

    def precision(self, band: int = int(UNHEALTHY)) -> Interval:
        """The share of the rows in that band that left."""
        return self.churn[band].rate

    def recall(self, band: int = int(UNHEALTHY)) -> Interval:
        """The share of the rows that left that stood in that band."""
        value = share(self.left[band], self.left.sum())
        drawn = share(self.drawn_left[band], self.drawn_left.sum(axis=0))
        return rate_of(float(value), drawn, self.churned_accounts)


def _churn(place: int, y: Flags, band: BandArray, account: Accounts, rate: float, drawn: Floats) -> BandChurn:
    here = band == place
    accounts, churned_accounts = len(np.unique(account[here])), len(np.unique(account[here & y]))
    rows, churned = int(here.sum()), int(y[here].sum())
    return BandChurn(BANDS[place], rows, churned, accounts, churned_accounts, rate_of(rate, drawn, accounts))


def _against(rates: Floats, worse: int, better: int) -> Floats:
    """worse / (worse + better): in the same order as worse / better, and never infinite."""
    return share(rates[worse], rates[worse] + rates[better])


def _odds(part: float) -> float:
    return part / (1 - part) if part != 1 else np.inf


def _slope(rows: Floats, left: Floats) -> NDArray[np.float64]:
    """The weighted regression of leaving on the order of bands, for each column of (bands, columns)."""
    rows, left = rows[: len(_ORDER)], left[: len(_ORDER)]
    centred = _ORDER[:, None] - share(_ORDER @ rows, rows.sum(axis=0))
    return share((centred * left).sum(axis=0), (centred**2 * rows).sum(axis=0))
