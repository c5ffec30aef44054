"""How sure a forecast is, and how that is known, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from sabai.language.language import Language
from sabai.proof.forecast import Forecast
from sabai.renewals.forecast import Renewals
from sabai.report.money.renewals_notices import how_sure


def told_how_sure(found: Renewals, language: Language) -> Iterator[str]:
    """Where chances are from, whether they held, how customers move together, and what last year's rate would say."""
    _, show = language.gettext, language.show
    yield how_sure(found.chances.sentence, language)
    if found.chances.judged is not None:
        yield _held(found.chances.judged, language)
    if found.renewals and found.shock.quarters:
        yield _(
            "What moves all customers together is allowed for: τ = %(tau)s, from %(quarters)s past quarters.",
            tau=show.fixed(found.shock.tau, 2), quarters=show.fixed(found.shock.quarters),
        )  # fmt: skip
    if found.naive is not None and found.total.due_minor:
        same = found.naive * (found.total.due_minor - found.notice_minor)
        yield _(
            "At the rate of a year ago (%(rate)s) it would be %(amount)s.", rate=show.percent(found.naive),
            amount=show.money_short(same, found.currency),
        )  # fmt: skip


def _held(judged: Forecast, language: Language) -> str:
    show = language.show
    return language.gettext(
        "Checked on later renewals: Brier score %(brier)s, slope %(slope)s (1 is right); off by %(error)s, where a "
        "right one stays below %(floor)s.",
        brier=show.fixed(judged.brier.value, 3), slope=show.fixed(judged.slope.value, 2),
        error=show.percent(judged.error, 1), floor=show.percent(judged.floor, 1),
    )  # fmt: skip
