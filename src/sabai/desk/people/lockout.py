"""How often a password may be guessed, counted before the hasher is asked.

Three counts, because each alone fails: from one place for one person (a forgotten password, or a guesser), from one
place for anybody (one password tried on many people), and for one person from anywhere (many machines, one person).
The first two never lock the person out elsewhere; the third is wide and over within the hour, and a passkey, a sign-in
of the company or a new password by mail pass it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage, get_ip
from django.core.cache import cache
from django.http import HttpRequest

from sabai.desk.people.watch import guessed_too_often

APP = "sabai.desk.people"
LIMITS = {"here": "5/5m/key", "place": "30/5m/ip", "anywhere": "100/h/key"}
TOLD_EVERY = 300  # seconds: one entry in the audit trail for a burst, not one for each guess


@dataclass
class Guesses:
    """The wrong passwords for `email` so far, from where this request comes."""

    request: HttpRequest
    email: str
    counted: list[RateLimitUsage] = field(default_factory=list)

    def allowed(self) -> bool:
        """Whether this one may be tried; it counts as wrong until `was_right`."""
        for action in LIMITS:
            usage = ratelimit.consume(self.request, **self._of(action))
            if usage is None:
                self._tell()
                return False
            self.counted.append(usage)
        return True

    def was_right(self) -> None:
        """Takes back this one only: signing in oneself in between must not open the way to guess on."""
        for usage in self.counted:
            usage.rollback()

    def forget(self) -> None:
        for action in ("here", "anywhere"):
            ratelimit.clear(self.request, **self._of(action))

    def _of(self, action: str) -> dict[str, object]:
        email = self.email.lower()
        key = f"{email} {get_ip(self.request)}" if action == "here" else email
        return {"app": APP, "action": action, "config": LIMITS, "key": key}

    def _tell(self) -> None:
        if cache.add(f"{APP}:told:{self.email.lower()}", True, TOLD_EVERY):
            guessed_too_often(self.email, get_ip(self.request))
