"""Every page of the desk that links lead to."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.desk.journeys.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse

_LINK = re.compile(r'<a\b[^>]*?\shref="([^"]+)"')
DOORS = ("/w/demo/", "/w/demo/tasks/?who=all", "/w/demo/replies/?who=all")  # lists that may be empty for oneself
MOST_ALIKE = 4  # one survey has waves, another has none: so many of a kind are looked at for links
_UNLIKE = {"insight:sheet": "name"}  # pages of one kind that are made by different hands


def every_page(reader: Reader) -> dict[str, str]:
    """The name of each page, and the address of the first of its kind."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    alike: Counter[str] = Counter()
    waiting = deque(DOORS)
    while waiting:
        address = waiting.popleft()
        path, kind = urlsplit(address).path, _kind(address)
        if not kind or path in seen or alike[kind] == MOST_ALIKE:
            continue
        seen.add(path)
        alike[kind] += 1
        answer = reader.page.context.request.get(reader.address + address)
        assert answer.status < 400, f"{address} answers {answer.status}"
        if _is_a_page(answer):
            found.setdefault(_kind(answer.url), answer.url.removeprefix(reader.address))
            waiting.extend(_linked(answer))
    return dict(sorted(found.items()))


def _kind(address: str) -> str:
    """What the page is; "" where no page of the desk is."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    part = _UNLIKE.get(match.view_name)
    return f"{match.view_name} {match.kwargs[part]}" if part else match.view_name


def _is_a_page(answer: APIResponse) -> bool:
    return answer.headers.get("content-type", "").startswith("text/html")


def _linked(answer: APIResponse) -> Iterator[str]:
    """The addresses on the same desk."""
    for link in map(unescape, _LINK.findall(answer.text())):
        if link.startswith("/") and not link.startswith("//"):
            yield link
