"""All that a proof tells on its page, and how its numbers are written there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isinf, isnan

from sabai.intervals import Interval
from sabai.language.catalogues import gettext_noop
from sabai.language.language import Language
from sabai.proof.alarms.alarm import Alarm
from sabai.proof.calibration import Calibration
from sabai.proof.prove import Proof
from sabai.proof.rivals import Rival
from sabai.proof.stability import Stability
from sabai.report.proof.sentence import alone, span
from sabai.report.sheet import apart

BEST_FACTORS = 3  # so many single factors are worth a look

RIVAL_WORDS = {
    "score": gettext_noop("the score"),
    "learned": gettext_noop("learned weights"),
    "ceiling": gettext_noop("gradient boosting, as a ceiling"),
    "tenure": gettext_noop("time as a customer alone"),
}
COLOURS = {
    "healthy": gettext_noop("green"),
    "at_risk": gettext_noop("yellow"),
    "unhealthy": gettext_noop("red"),
}


@dataclass(frozen=True, slots=True)
class ProofTold:
    """`calibration` is None where there was nothing to learn weights from, or nobody asked; so is `stability`."""

    proof: Proof
    calibration: Calibration | None = None
    alarms: tuple[Alarm, ...] = ()
    stability: Stability | None = None

    @property
    def rivals(self) -> tuple[Rival, ...]:
        """The score and what was compared with it, with the best single factors last."""
        known = [rival for rival in self.proof.rivals if not isnan(rival.auc.value)]
        factors = sorted((each for each in known if each.kind == "factor"), key=lambda each: -each.auc.value)
        return (*(each for each in known if each.kind != "factor"), *factors[:BEST_FACTORS])


@dataclass(frozen=True, slots=True)
class Written:
    """Numbers with their intervals, in one language."""

    language: Language

    def auc(self, interval: Interval) -> str:
        return self._with_span(interval, lambda value: self.language.show.fixed(value, 2))

    def share(self, interval: Interval) -> str:
        return self._with_span(interval, lambda value: self.language.show.percent(value, 1))

    def times(self, interval: Interval) -> str:
        return self._with_span(interval, lambda value: self.language.show.fixed(value, 1))

    def plain(self, interval: Interval) -> str:
        return self._with_span(interval, lambda value: self.language.show.fixed(value, 3))

    def signed(self, interval: Interval) -> str:
        return self._with_span(interval, lambda value: self.language.show.signed(value, 3))

    def rival(self, rival: Rival) -> str:
        """What foretold."""
        if rival.kind == "factor":
            return self.language.gettext("%(factor)s alone", factor=apart(self.language.called(rival.name), 28))
        return self.language.gettext(RIVAL_WORDS[rival.kind])

    def _with_span(self, interval: Interval, write: Callable[[float], str]) -> str:
        """Unknown is said; a value whose interval is unknown stands alone."""
        value, low, high = interval.value, interval.low, interval.high
        if isnan(value) or isnan(low) or isnan(high):
            return write(value)
        if isinf(high):
            around = self.language.gettext("%(low)s or more", low=write(low))
        else:
            around = span(write(low), write(high))
        return f"{alone(write(value))} ({around})"
