"""The public page and the widget in a real browser: nobody is shut out, nothing is refused, a keyboard is enough.

With a script or without, light and dark, wide and on a phone, left to right and right to left.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Contact
from sabai.desk.surveys.models import Survey
from tests.desk.journeys.conftest import ARGUMENTS, CHROMIUM
from tests.desk.journeys.house import PHONE, WIDE, violations
from tests.desk.responses.conftest import ask_of, path_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
STRICT = "default-src 'none'; script-src {host}; connect-src {host}; require-trusted-types-for 'script'"


@pytest.fixture
def links(survey: Survey, contact: Contact) -> list[str]:
    """To one ask in each language; made before there is a browser, whose loop Django does not like."""
    survey.colour = "#ffe000"
    survey.save()
    return [
        path_of(ask_of(survey, contact, person=code, occasion=code, language=code), score)
        for code, score in (("en", 3), ("ar", 9), ("th", 0))
    ]


@pytest.fixture
def shop(survey: Survey, live_server: LiveServer) -> Iterator[str]:
    """A company's own page in any language, /ar, as strict as a page can be, which shows the widget."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", STRICT.format(host=live_server.url))
            self.end_headers()
            script = f'<script src="{live_server.url}/widget/{survey.key}.js" data-delay="0.1" defer></script>'
            language = self.path.strip("/")
            self.wfile.write(
                f'<!doctype html><html lang="{language}"><title>Shop</title><meta name="viewport" '
                f'content="width=device-width"><main><h1>Shop</h1></main>{script}</html>'.encode()
            )

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        survey.origins = [address]
        survey.save()
        yield address
        server.shutdown()


@pytest.fixture
def browser(links: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"There is no browser at {CHROMIUM}.")
    from playwright.sync_api import sync_playwright

    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


def test_page_is_for_everybody(browser: Browser, links: list[str], live_server: LiveServer) -> None:
    for link in links:
        page, wrong = opened(browser)
        page.goto(live_server.url + link)
        is_in_order(page)
        page.locator("main button.first").click()
        page.locator("textarea").fill("<b>ok</b> 😀")
        is_in_order(page)
        page.locator("main button.first").click()
        page.locator(".thanks").wait_for()
        is_in_order(page)
        assert wrong == []
        page.context.close()
    assert [(each.score, each.state, each.comment) for each in Response.everywhere.order_by("pk")] == [
        (3, "complete", "<b>ok</b> 😀"), (9, "complete", "<b>ok</b> 😀"), (0, "complete", "<b>ok</b> 😀"),
    ]  # fmt: skip


def test_page_needs_no_script_and_no_pointer(browser: Browser, links: list[str], live_server: LiveServer) -> None:
    page, _ = opened(browser, java_script_enabled=False)
    page.goto(live_server.url + links[0])
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("textarea").focus()
    page.keyboard.type("Slow")
    for _ in range(4):  # the boxes, back, send
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".thanks").wait_for()
    response = Response.everywhere.get()
    assert (response.score, response.comment, response.state) == (1, "Slow", "complete")


def test_moving_on_the_page_makes_the_click_an_answer(
    browser: Browser, links: list[str], live_server: LiveServer
) -> None:
    page, _ = opened(browser, user_agent="Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0")
    page.goto(live_server.url + links[0])
    page.wait_for_load_state("networkidle")
    assert Response.everywhere.get().suspicion == "machine"
    with page.expect_response(lambda answered: answered.request.method == "POST"):
        page.mouse.move(200, 200)
        page.mouse.move(220, 240)
    response = Response.everywhere.get()
    assert (response.score, response.suspicion, response.state) == (3, "", "partial")


@pytest.mark.parametrize("code", ["en", "ar"])
def test_widget_on_a_strict_page(shop: str, browser: Browser, code: str) -> None:
    page, wrong = opened(browser)
    page.goto(f"{shop}/{code}")
    page.locator("sabai-widget section").wait_for()
    is_in_order(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("sabai-widget button.first").click()
    page.locator("sabai-widget textarea").fill("Slow")
    is_in_order(page)
    page.locator("sabai-widget button.first").click()
    page.locator("sabai-widget h2").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("sabai-widget").count() == 0
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("sabai-widget").count() == 0  # it remembers
    assert page.context.cookies() == []
    assert [each for each in wrong if "favicon" not in each] == []
    response = Response.everywhere.get()
    assert (response.score, response.comment, response.channel, response.language) == (0, "Slow", "widget", code)


def opened(browser: Browser, **known: object) -> tuple[Page, list[str]]:
    """A page of a fresh browser, and what its console says is wrong."""
    context = browser.new_context(viewport=WIDE, locale="en", **known)  # type: ignore[arg-type]
    wrong: list[str] = []
    context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    return context.new_page(), wrong


def is_in_order(page: Page) -> None:
    """Light on a wide screen, dark on a narrow phone."""
    page.wait_for_timeout(350)  # it moves in
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE | {"width": 360})  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
