"""The desk as a process: it answers, lets in by the printed link, works off jobs, and is gone when it is told to go."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.desk.journeys.running import _free_address, said


@pytest.mark.long
def test_it_runs_in_the_background_and_ends_when_told(tmp_path: Path) -> None:
    address, data = _free_address(), tmp_path / "data"
    told = said(data, address, "--company", "Lanna", "--email", "a@b.example", "--background", "--minutes", "1")
    pid = int(told["pid"])
    try:
        browser = visitor()
        assert browser.open(f"{address}/readyz", timeout=20).read() == b"ok"
        assert b"Lanna" in signed_in(browser, str(told["sign_in"]))
        assert len(_processes(data)) >= 3, "a server, a worker and the jobs"
    finally:
        os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + 30
    while _processes(data) and time.monotonic() < until:
        time.sleep(0.2)
    assert _processes(data) == []


def visitor() -> urllib.request.OpenerDirector:
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)


def signed_in(visitor: urllib.request.OpenerDirector, link: str) -> bytes:
    """The first page after signing in by the link, as a person would: look at it, press the button."""
    page = visitor.open(link, timeout=30).read().decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found is not None
    sent = urllib.parse.urlencode({"csrfmiddlewaretoken": found[1]}).encode()
    answer: bytes = visitor.open(link, sent, timeout=30).read()
    return answer


def _processes(data: Path) -> list[int]:
    """Those that were told of this folder, and live."""
    wanted = f"SABAI_DATA={data}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (path / "environ").read_bytes().split(b"\0"):
                found.append(int(path.name))
        except OSError:
            continue
    return found
