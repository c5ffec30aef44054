"""The forecast: what is due, how sure each of it is, what all of it may come to, and where work would pay most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sabai.definitions.model import Definitions
from sabai.facts.landed import Facts
from sabai.metrics.grid import Floats
from sabai.proof.past import Past
from sabai.renewals.agreements import agreements
from sabai.renewals.calls import Call, last_before, too_late
from sabai.renewals.chance import Chances, learned
from sabai.renewals.doubts import doubts
from sabai.renewals.due import ComingUp, Rolling, coming_up
from sabai.renewals.past import seen
from sabai.renewals.reasons import reasons
from sabai.renewals.renewal import Renewal
from sabai.renewals.seen import Seen
from sabai.renewals.stakes import Saved, Whales, price_of_inaction, whales
from sabai.renewals.sums import Sum, by, by_product, month, summed
from sabai.renewals.tau import Quarter, Shock, estimated
from sabai.renewals.today import Today

SEED = 7
YEAR = 365


@dataclass(frozen=True, slots=True)
class Renewals:
    """Everything that is due in [as_of, as_of + horizon), by day, then account; money in minor units of `currency`.

    `called` sums the renewals that an owner has made a call on: what the forecast expects of them, and what the owners
    do; None where nobody has. `notice_minor` is what has already been given notice of.
    """

    as_of: int
    horizon_days: int
    currency: str
    version: str  # of the definitions
    renewals: tuple[Renewal, ...]
    total: Sum
    months: tuple[Sum, ...]
    owners: tuple[Sum, ...]
    segments: tuple[Sum, ...]
    products: tuple[Sum, ...]
    rolling: Rolling
    notice_minor: int
    called: Called | None
    whales: Whales
    inaction: tuple[Saved, ...]
    chances: Chances
    shock: Shock
    naive: float | None
    notices: tuple[str, ...]

    @property
    def until(self) -> int:
        """The last day of the horizon."""
        return self.as_of + self.horizon_days - 1


@dataclass(frozen=True, slots=True)
class Called:
    """The same renewals by the forecast and by their owners' calls."""

    renewals: int
    due_minor: int
    expected_minor: float | None
    called_minor: float


def forecast_renewals(
    facts: Facts, definitions: Definitions, as_of: int, horizon_days: int, past: Past,
    calls: Sequence[Call] = (), risk: Floats | None = None, seed: int = SEED,
) -> Renewals:  # fmt: skip
    """The forecast of a day, with only what was known when it began.

    `past` is the table of the past at month-ends before `as_of` and at `as_of` itself, whose rows say how customers
    stand today; `risk` (rows of `past`,) is another risk than 100 − score. Owners' `calls` stand beside it.
    """
    agreed = agreements(facts)
    told = seen(past, agreed, horizon_days, as_of, risk)
    chances = learned(told, agreed.withdrawn(), seed)
    shock = estimated(_quarters(told, chances))
    coming = coming_up(facts, definitions, agreed, as_of, horizon_days)
    naive = told.rate_about(as_of - YEAR)
    chosen = past.as_of == as_of
    now, today = past.only(chosen), (100 - past.score if risk is None else risk)[chosen]
    known = Today(now, today, reasons(now, definitions.health), chances, naive, last_before(calls, as_of))
    renewals = known.each(coming.renewals)
    notices = (*coming.notices, *doubts(coming.rolling, chances, shock, renewals, naive), *too_late(calls, as_of))
    return _together(as_of, horizon_days, definitions, renewals, coming, known, shock, notices)


def _together(
    as_of: int, horizon_days: int, definitions: Definitions, renewals: tuple[Renewal, ...], coming: ComingUp,
    known: Today, shock: Shock, notices: tuple[str, ...],
) -> Renewals:  # fmt: skip
    tau = shock.tau
    return Renewals(
        as_of, horizon_days, definitions.workspace.currency, definitions.version, renewals,
        total=summed("", renewals, tau),
        months=by(renewals, month, tau),
        owners=by(renewals, lambda due: due.owner, tau),
        segments=by(renewals, lambda due: due.segment, tau),
        products=by_product(renewals, tau),
        rolling=coming.rolling,
        notice_minor=sum(each.value_minor for each in renewals if each.due.notice),
        called=_called(renewals),
        whales=whales(renewals, tau),
        inaction=price_of_inaction(renewals),
        chances=known.chances, shock=shock, naive=known.naive, notices=notices,
    )  # fmt: skip


def _quarters(told: Seen, chances: Chances) -> list[Quarter]:
    """Past renewals at dates that do not overlap, with the chance that would be given to them now."""
    return [
        Quarter(np.clip(chances.renews(each.wait, each.risk), 0.001, 0.999), ~each.lost) for each in told.apart()
    ]  # fmt: skip


def _called(renewals: Iterable[Renewal]) -> Called | None:
    said = [(each, each.call.probability) for each in renewals if each.call is not None]
    if not said:
        return None
    expected = [each.expected_minor for each, _ in said]
    return Called(
        len(said),
        sum(each.value_minor for each, _ in said),
        None if None in expected else sum(amount or 0.0 for amount in expected),
        sum(each.value_minor * probability for each, probability in said),
    )
