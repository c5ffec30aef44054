"""Sign-ins and second factors, written into the audit trail of every workspace that the person is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as company
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest

from sabai.desk.audit.actions import write
from sabai.desk.people.models import User
from sabai.desk.people.queries import memberships_of


@transaction.atomic
def told(
    user: User, by: User | None, verb: str, kind: str,
    after: Mapping[str, Any] | None = None, before: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """One entry in each workspace of `user`."""
    for member in memberships_of(user):
        write(member.workspace, by, verb, kind, user.email, before, after)


def guessed_too_often(email: str, place: str) -> None:
    """Somebody tried too many passwords for this address; nothing to tell where nobody has it."""
    user = User.objects.filter(email=email.lower()).first()
    if user:
        told(user, None, "refuse", "sign-in", {"place": place})


@receiver(account.user_logged_in)
def signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    ways = [each.get("type", each["method"]) for each in get_authentication_records(request, user)]
    told(user, user, "sign in", "sign-in", {"place": get_ip(request), "way": " + ".join(ways) or "link"})


@receiver([account.password_changed, account.password_reset, account.password_set])
def password_changed(user: User, **_: Any) -> None:
    told(user, user, "change", "password")


@receiver(factors.authenticator_added)
def factor_added(user: User, authenticator: Authenticator, **_: Any) -> None:
    told(user, user, "create", "second factor", {"way": authenticator.type})


@receiver(factors.authenticator_removed)
def factor_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    told(user, user, "remove", "second factor", {"way": authenticator.type})


@receiver(factors.authenticator_reset)
def factor_renewed(user: User, authenticator: Authenticator, **_: Any) -> None:
    told(user, user, "change", "second factor", {"way": authenticator.type})


@receiver(factors.authentication_failed)
def factor_failed(user: User, **_: Any) -> None:
    told(user, None, "refuse", "second factor")


@receiver(company.social_account_added)
def company_added(request: HttpRequest, sociallogin: Any, **_: Any) -> None:
    told(sociallogin.user, sociallogin.user, "create", "company sign-in")


@receiver(company.social_account_removed)
def company_removed(socialaccount: Any, **_: Any) -> None:
    told(socialaccount.user, socialaccount.user, "remove", "company sign-in")
