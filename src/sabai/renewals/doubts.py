"""What a reader of the forecast should know before she believes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sabai.renewals.chance import Chances
from sabai.renewals.due import Rolling
from sabai.renewals.renewal import Renewal
from sabai.renewals.tau import PRIOR, Shock


def doubts(
    rolling: Rolling, chances: Chances, shock: Shock, renewals: Sequence[Renewal], naive: float | None
) -> Iterator[str]:  # fmt: skip
    """Sentences, in English."""
    yield from _of_renewals(renewals, rolling, naive)
    yield from _of_calibration(chances)
    if renewals and not shock.quarters:
        yield f"No past quarter says how much renewals move together: the usual {PRIOR} is taken for it."


def _of_renewals(renewals: Sequence[Renewal], rolling: Rolling, naive: float | None) -> Iterator[str]:
    if not renewals:
        yield "Nothing with a term of more than a month is due in this time."
    without = sum(each.how == "score" and each.score is None for each in renewals)
    if without:
        yield f"{without:,} of {len(renewals):,} renewals have no score: they have the chance of others without one."
    if rolling.without_term:
        yield f"{rolling.without_term:,} accounts have contracts without a term: nobody can say when they renew."
    if renewals and naive is None:
        yield "Nothing was due about a year ago: there is no last year's rate to compare with."
    negative = sum((each.due.value_minor or 0) < 0 for each in renewals)
    if negative:
        yield f"{negative:,} renewals are worth less than nothing after credits: they count as 0."


def _of_calibration(chances: Chances) -> Iterator[str]:
    if chances.how == "rate":
        yield "All have the same chance, so nothing can be said of what doing nothing costs."
    if chances.model is None:
        return
    if not chances.model.tells:
        yield "A better score does not renew more surely here, so nothing can be said of what doing nothing costs."
    judged = chances.judged
    if judged is None:
        yield "Too few left to judge these chances on later renewals: nobody has checked them yet."
    elif judged.slope.excludes(1):
        wide = "too far apart" if judged.slope.value < 1 else "too close together"
        yield (
            f"On later renewals the chances were {wide}: calibration slope {judged.slope.value:.2f} "
            f"({judged.slope.low:.2f} – {judged.slope.high:.2f}), and 1 is right."
        )
    elif judged.error > judged.floor:
        yield f"On later renewals the chances were off by {judged.error:.1%}, more than chance alone would explain."
