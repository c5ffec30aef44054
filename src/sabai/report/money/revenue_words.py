"""What the page and the workbook of recurring revenue both say."""

from __future__ import annotations

from sabai.language.language import Language
from sabai.retention.earned import Earned


def footing(found: Earned, language: Language) -> str:
    """What the columns of every period add up to."""
    _ = language.gettext
    if found.exchange == "dated":
        return _("Start + new + came back + expansion − contraction − churn + exchange = end, to the smallest coin.")
    return _("Start + new + came back + expansion − contraction − churn = end, to the smallest coin.")


def unchanged_rates(language: Language) -> str:
    """At which rates movements are told where exchange stands apart."""
    return language.gettext(
        "Whoever was there at the start counts at the exchange rates of the start, and whoever came at those of the "
        "day on which they signed; what rates have moved since is exchange. Gross and net leave it out."
    )
