"""By which signs a machine is known that only looks where a link leads."""

from __future__ import annotations

import re

from django.http import HttpRequest

_SIGNS = re.compile(
    "bot|crawl|spider|preview|scan|proofpoint|mimecast|barracuda|safelinks|symantec|trendmicro|fireeye|imageproxy|mailproxy"
    "|externalhit|whatsapp|telegram|headless|python|curl|wget|go-http|java/|okhttp|node|libwww|httpclient|ms-office|urlcheck",
    re.ASCII | re.IGNORECASE,
)
_PREFETCH = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ", "HTTP_X_PURPOSE")


def is_machine(request: HttpRequest) -> bool:
    """Whether it says so itself, looks ahead, or claims to be a browser that it cannot be."""
    agent = request.headers.get("User-Agent", "")
    if not agent or _SIGNS.search(agent) or request.method == "HEAD":
        return True
    if any(request.META.get(name) for name in _PREFETCH):
        return True
    return request.is_secure() and re.search(r"(Chrome|Firefox)/\d{3}", agent) is not None and _says_nothing(request)


def _says_nothing(request: HttpRequest) -> bool:
    """A browser of these years tells a secure site what it wants the page for."""
    return "Sec-Fetch-Mode" not in request.headers
