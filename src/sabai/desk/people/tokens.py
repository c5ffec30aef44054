"""Keys to the API, as a request brings them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from sabai.desk.people.models import Token
from sabai.desk.people.secrets import hashed
from sabai.language.catalogues import gettext_noop

BEGINS = "sabai_"
SCOPES = {
    "scores": gettext_noop("read accounts and scores"),
    "tasks": gettext_noop("read and write tasks"),
    "answers": gettext_noop("bring answers to surveys"),
    "suppressions": gettext_noop("say who is never to be asked"),
}
NOTED_EVERY = timedelta(minutes=1)  # when a token was used; not at each of its requests


def find(secret: str, scope: str) -> Token | None:
    """The token with that secret, if it is good today and may do `scope`."""
    now = timezone.now()
    good = Token.everywhere.select_related("workspace").filter(
        Q(expires_at=None) | Q(expires_at__gt=now), hashed=hashed(secret), revoked_at=None
    )
    found: Token | None = good.first()
    if found is None or scope not in found.scopes:
        return None
    if found.last_used_at is None or now - found.last_used_at >= NOTED_EVERY:
        Token.everywhere.filter(pk=found.pk).update(last_used_at=now)
        found.last_used_at = now
    return found
