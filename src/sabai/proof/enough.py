"""How many churned accounts it takes to learn so many weights, said before anybody believes them."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, log

EXPLAINED = 0.15  # Nagelkerke's R² that a health score may hope for
SHRINKAGE = 0.9  # weights that hold nine tenths of what they said


@dataclass(frozen=True, slots=True)
class Enough:
    """What `weights` weights at this base rate ask for, and the churned accounts that there are to learn from."""

    weights: int
    base_rate: float
    needed: int
    needed_churned: int
    churned: int

    @property
    def there_is(self) -> bool:
        return self.churned >= self.needed_churned

    @property
    def sentence(self) -> str:
        asks = f"Learning {self.weights} weights asks for about {self.needed_churned} churned accounts"
        stands = f"there are {self.churned}"
        if self.there_is:
            return f"{asks}, and {stands}."
        return f"{asks}, but {stands}: fewer factors, or a longer history, would make the weights steadier."


def judged(weights: int, base_rate: float, churned: int) -> Enough:
    """Whether `churned` accounts that left are enough for so many weights; base_rate is between 0 and 1.

    >>> judged(8, 0.1, 56).sentence  # doctest: +ELLIPSIS
    'Learning 8 weights asks for about 96 churned accounts, but there are 56: ...'
    """
    needed = sample_size(weights, base_rate)
    return Enough(weights, base_rate, needed, round(needed * base_rate), churned)


def sample_size(parameters: int, base_rate: float, explained: float = EXPLAINED, shrinkage: float = SHRINKAGE) -> int:
    """n = p / ((S − 1) ln(1 − R²/S)) (Riley et al. 2019, Statistics in Medicine 38, 1276-1296).

    >>> sample_size(8, 0.1)
    964
    """
    return ceil(parameters / ((shrinkage - 1) * log(1 - cox_snell(base_rate, explained) / shrinkage)))


def cox_snell(base_rate: float, nagelkerke: float) -> float:
    """The R² of Cox & Snell that Nagelkerke's stands for: its share of the highest that the base rate allows.

    >>> round(cox_snell(0.1, 0.15), 4)
    0.0717
    """
    nobody_told = base_rate * log(base_rate) + (1 - base_rate) * log(1 - base_rate)
    return nagelkerke * (1 - exp(2 * nobody_told))
