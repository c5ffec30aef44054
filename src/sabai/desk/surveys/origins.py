"""Pages of the company's own that may show the widget, as people write them and as browsers name them."""

from __future__ import annotations

from urllib.parse import urlsplit

MOST = 50


class NotAnOrigin(ValueError):
    """Its first argument is the line that names no site."""


def origins_of(text: str) -> list[str]:
    """One site a line; whatever stands behind the host is left out, as browsers do. NotAnOrigin otherwise.

    >>> origins_of("https://Shop.example/help\\n\\nhttp://localhost:8000")
    ['https://shop.example', 'http://localhost:8000']
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return list(dict.fromkeys(_origin(line) for line in lines[:MOST]))


def _origin(line: str) -> str:
    try:
        parts = urlsplit(line)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise NotAnOrigin(line) from None
    if parts.scheme not in ("http", "https") or not host or not host.isascii() or parts.username is not None:
        raise NotAnOrigin(line)
    usual = {"http": 80, "https": 443}[parts.scheme]
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{port}" if port and port != usual else "")
