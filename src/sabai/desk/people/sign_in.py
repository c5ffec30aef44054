"""How people come in: nobody without an invitation, and once by a link that only the console shows."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.signals import user_logged_in
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.urls import reverse

from sabai.desk.people.lockout import Guesses
from sabai.desk.people.mail import FAILURES
from sabai.desk.people.models import User
from sabai.errors import Issue, UsageError

log = logging.getLogger(__name__)


class ByInvitation(DefaultAccountAdapter):  # type: ignore[misc]
    """Our rules where allauth asks for some."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that is down does not undo what the mail tells of."""
        try:
            super().send_mail(template_prefix, email, context)
        except FAILURES:
            log.warning("a mail could not be sent: %s", template_prefix, exc_info=True)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before the hasher is asked: 429 where somebody has guessed too often."""
        self.guesses = Guesses(request, credentials.get("email", ""))
        if not self.guesses.allowed():
            raise ImmediateHttpResponse(respond_429(request))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user:
            self.guesses.was_right()
        return user

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever has set a new password by mail has shown who they are."""
        Guesses(request, credentials.get("email", "")).forget()


class SignInLinks(PasswordResetTokenGenerator):
    """A link counts once: signing in changes what it was made of."""

    key_salt = "sabai.desk.people.sign_in"


links = SignInLinks()


def sign_in_link(user: User) -> str:
    """An address that signs this user in, once, within the time of a password reset."""
    address: str = settings.SABAI["SABAI_URL"]
    return address + reverse("enter", args=[user.pk, links.make_token(user)])


def link_of(email: str) -> str:
    """A sign-in link for somebody who is here already; UsageError where nobody has that address."""
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise UsageError(Issue("DSK-011", f"Nobody here has the address {email}.", hint="Begin with --company."))
    return sign_in_link(user)


def come_in(request: HttpRequest, user: User) -> None:
    """Signs in somebody who has shown otherwise who they are; everybody who listens for sign-ins hears of it."""
    login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
    user_logged_in.send(sender=User, request=request, user=user)
