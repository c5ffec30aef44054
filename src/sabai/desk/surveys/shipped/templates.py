"""Which surveys there are to begin with, and when each of them asks whom, as long as nobody says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from sabai.desk.surveys.audience import Audience
from sabai.desk.surveys.form import Form
from sabai.desk.surveys.shipped.leaving import EMPTY, EXIT
from sabai.desk.surveys.shipped.relationship import NPS, ONBOARDING
from sabai.desk.surveys.shipped.service import CES5, CES7, CSAT
from sabai.language.catalogues import gettext_noop

SETTLED_DAYS = 90  # new customers dislike surveys; long-standing ones like to answer


@dataclass(frozen=True, slots=True)
class Template:
    """`name` and `about` are messages for whoever chooses among them."""

    key: str
    kind: str
    name: str
    about: str
    form: Form
    occasion: str
    delay_days: int = 0
    audience: Audience = field(default_factory=Audience)


TEMPLATES = {
    template.key: template
    for template in (
        Template(
            "nps", "nps", gettext_noop("Recommendation (NPS)"),
            gettext_noop("0 to 10 and why, each contact once a quarter, a few of them every day."),
            NPS, "recurring", audience=Audience(tenure_from_days=SETTLED_DAYS),
        ),
        Template(
            "csat", "csat", gettext_noop("Satisfaction after a ticket (CSAT)"),
            gettext_noop("Asks whoever wrote a ticket a day after it was solved."), CSAT, "ticket", 1,
        ),
        Template(
            "ces5", "ces", gettext_noop("Effort on five points (CES)"),
            gettext_noop("How easy it was to get help, from 1 to 5."), CES5, "ticket", 1,
        ),
        Template(
            "ces7", "ces", gettext_noop("Effort on seven points (CES 2.0)"),
            gettext_noop("How far one agrees that it was easy, from 1 to 7; never mixed with five points."),
            CES7, "ticket", 1,
        ),
        Template(
            "exit", "exit", gettext_noop("Why customers left"),
            gettext_noop("Two weeks after a customer left: what was the reason, and what would bring them back?"),
            EXIT, "churn", 14,
        ),
        Template(
            "onboarding", "onboarding", gettext_noop("Onboarding check"),
            gettext_noop("Ten weeks after a customer has settled in: did they reach what they came for?"),
            ONBOARDING, "onboarding", 70,
        ),
        Template(
            "custom", "custom", gettext_noop("Questions of your own"),
            gettext_noop("Begins empty: ratings, choices and texts as you need them."), EMPTY, "once",
            audience=Audience(tenure_from_days=SETTLED_DAYS),
        ),
    )
}  # fmt: skip
SHIPPED = ("en", "th", "ar", "ja")


def written(form: Form, company: str, languages: Iterable[str], fallback: str) -> Form:
    """The form in these languages, with the company's name in its texts."""
    spoken = list(dict.fromkeys([fallback, *languages]))

    def of(told: object) -> object:
        if isinstance(told, dict) and (set(told) & set(SHIPPED)):
            return {code: told.get(code, "").replace("{company}", company) for code in spoken}
        if isinstance(told, dict):
            return {name: of(each) for name, each in told.items()}
        return [of(each) for each in told] if isinstance(told, list | tuple) else told

    made = of(msgspec.to_builtins(form))
    assert isinstance(made, dict)
    return msgspec.convert(made | {"fallback": fallback}, Form)
