"""Of whom a survey asks: what must be true of a contact and of their customer."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from operator import and_, or_

import msgspec
from django.db.models import Q, QuerySet

from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.models import Survey

BLANK = "-"  # among the values of a field: those of whom it is not known
NOBODY = "nobody"  # among the owners: customers that nobody answers for


class Audience(msgspec.Struct, frozen=True, omit_defaults=True):
    """An empty field narrows nothing. Tenure is the customer's, in days: from that many on, and below that many.

    An owner is the number of a user, "nobody", or a name that only the company's other tools know.
    """

    stages: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    tenure_from_days: int | None = None
    tenure_until_days: int | None = None
    deciders_only: bool = False


def read(told: object) -> Audience:
    """An audience out of what the database keeps; msgspec.ValidationError where it is none."""
    return msgspec.convert(told, Audience)


def told(audience: Audience) -> dict[str, object]:
    """As the database keeps it: only what narrows.

    >>> told(Audience(bands=("healthy",), tenure_from_days=90))
    {'bands': ['healthy'], 'tenure_from_days': 90}
    """
    kept: dict[str, object] = msgspec.to_builtins(audience, str_keys=True)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}


def audience_of(survey: Survey) -> Audience:
    return read(survey.audience)


def is_of_gone(survey: Survey) -> bool:
    """Whether it asks those who are customers no longer."""
    return survey.occasion == "churn"


def conditions(audience: Audience, today: date, *, gone: bool = False) -> dict[str, Q]:
    """Reason of not being asked (`asking.models.REASONS`) -> what must hold of a Contact, so that it does not apply.

    With `gone` those are asked whose company is a customer no longer. Whose tenure is unknown is of no known tenure.
    """
    narrowed = {
        "left": Q(here=True, account__here=True) if not gone else Q(here=True),
        "no occasion": Q(account__here=False) if gone else Q(),
        "too new": _tenure(audience.tenure_from_days, today, "lte"),
        "other stage": _among("account__stage", audience.stages),
        "other band": _among("account__band", audience.bands),
        "other segment": reduce(and_, _others(audience, today)),
    }
    return {reason: condition for reason, condition in narrowed.items() if condition}


def fitting(workspace: Workspace, audience: Audience, today: date, *, gone: bool = False) -> QuerySet[Contact]:
    """The contacts of whom all of it holds, in no order; whether they may be asked now is not looked at."""
    return Contact.of(workspace).filter(*conditions(audience, today, gone=gone).values())


def sought(survey: Survey, today: date) -> QuerySet[Contact]:
    """The contacts in the audience of a survey."""
    return fitting(survey.workspace, audience_of(survey), today, gone=is_of_gone(survey))


def _others(audience: Audience, today: date) -> list[Q]:
    return [
        _among("account__segment", audience.segments),
        _among("account__country", audience.countries),
        _among("role", audience.roles),
        _owned(audience.owners),
        _tenure(audience.tenure_until_days, today, "gt"),
        Q(decides=True) if audience.deciders_only else Q(),
    ]


def _among(field: str, values: tuple[str, ...]) -> Q:
    return Q(**{f"{field}__in": ["" if value == BLANK else value for value in values]}) if values else Q()


def _tenure(days: int | None, today: date, how: str) -> Q:
    return Q() if days is None else Q(**{f"account__started_on__{how}": today - timedelta(days=days)})


def _owned(owners: tuple[str, ...]) -> Q:
    return reduce(or_, map(_of_owner, owners), Q())


def _of_owner(owner: str) -> Q:
    if owner == NOBODY:
        return Q(account__owner=None, account__owner_name="")
    is_user = owner.isascii() and owner.isdigit() and len(owner) < 18
    return Q(account__owner=int(owner)) if is_user else Q(account__owner=None, account__owner_name=owner)
