"""The questions that the desk answers about all customers, in the order in which they are asked."""

from __future__ import annotations

from dataclasses import dataclass

from sabai.language.catalogues import gettext_noop


@dataclass(frozen=True, slots=True)
class Sheet:
    """`needs` is the verb without which nobody sees it; `rests_on` the section of `sabai.yaml` that it is made from."""

    name: str
    title: str
    asks: str
    needs: str = "read"
    rests_on: str = "health"


SHEETS = (
    Sheet("proof", gettext_noop("Proof"), gettext_noop("Does the score foretell who leaves?")),
    Sheet("feedback", gettext_noop("Feedback"), gettext_noop("What do customers say?"), rests_on="themes"),
    Sheet("retention", gettext_noop("Retention"), gettext_noop("How many customers stay?"), rests_on="churn"),
    Sheet("revenue", gettext_noop("Revenue"), gettext_noop("What comes in, what goes?"), "money", "money"),
    Sheet("cohorts", gettext_noop("Cohorts"), gettext_noop("Of those who began together, who is still there?")),
    Sheet("survival", gettext_noop("Survival"), gettext_noop("How long do customers stay?"), rests_on="churn"),
    Sheet("value", gettext_noop("Lifetime value"), gettext_noop("What are our customers worth?"), "money", "money"),
    Sheet("renewals", gettext_noop("Renewals"), gettext_noop("What will renew?"), "money", "money"),
    Sheet("receivables", gettext_noop("Receivables"), gettext_noop("Who owes us, and since when?"), "money", "money"),
)
BY_NAME = {sheet.name: sheet for sheet in SHEETS}
