"""How often strangers may write, by where they come from and by what they write to."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest

APP = "sabai.desk.responses"
LIMITS = {
    "ask": "120/m/ip,60/m/key",  # an office answers from one address; one link is answered by one person
    "open": "240/m/ip,6000/h/key",  # a hall full of people
    "widget": "240/m/ip,12000/h/key",
    "look": "600/m/ip",
}
BODY_BYTES = 256 * 1024


def allowed(request: HttpRequest, action: str, key: str) -> bool:
    """Counts this request, and says whether it is still within bounds."""
    return ratelimit.consume(request, app=APP, action=action, config=LIMITS, key=key, limit_get=True) is not None


def fits(request: HttpRequest) -> bool:
    """Whether the body is of a size that an answer can have."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return said.isdecimal() and int(said) <= BODY_BYTES
