"""A desk for the journeys, a browser, and people who are signed in.

DESK_OF_JOURNEYS names a data folder with the demo company in it, for who does not want to wait until one is made.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sabai.language.language import Language, speak
from tests.desk.journeys.house import WIDE
from tests.desk.journeys.post import Post
from tests.desk.journeys.reader import Reader
from tests.desk.journeys.running import Desk, company_in, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
ADMIN = "admin@demo.example"

SignedIn = Callable[[str], Reader]


@pytest.fixture(autouse=True)
def _database() -> None:
    """The desk of the journeys has its own."""


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if given := os.environ.get("DESK_OF_JOURNEYS"):
        return Path(given)
    own = tmp_path_factory.getbasetemp()
    return company_in(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"There is no browser at {CHROMIUM}.")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="package")
def post(browser: Browser) -> Iterator[Post]:
    """The mail server of the desk."""
    with Post().opened() as post:
        yield post


@pytest.fixture(scope="package")
def desk(browser: Browser, post: Post, company: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with running(company, tmp_path_factory.mktemp("desk") / "data", post.address) as desk:
        yield desk


@pytest.fixture(scope="package")
def cookies(browser: Browser, desk: Desk) -> Callable[[str], Path]:
    """A browser's memory of having signed in by a link, made once for each person."""

    def kept(email: str) -> Path:
        state = desk.data / f"{email}.json"
        if not state.exists():
            page = browser.new_page(locale="en")
            page.goto(desk.link(email))
            page.get_by_role("button", name="Sign in").click()
            page.context.storage_state(path=state)
            page.context.close()
        return state

    return kept


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> Language:
    return speak(request.param)


@pytest.fixture
def stranger(browser: Browser, desk: Desk, language: Language) -> Iterator[Callable[[], Reader]]:
    """Fresh browsers, that ask for the language."""
    contexts = []

    def came() -> Reader:
        contexts.append(browser.new_context(locale=language.code, viewport=WIDE))  # type: ignore[arg-type]
        return Reader(contexts[-1].new_page(), language, desk.address)

    yield came
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(browser: Browser, desk: Desk, language: Language, cookies: Callable[[str], Path]) -> Iterator[SignedIn]:
    """Somebody at their morning page, in the language."""
    contexts = []

    def came(email: str) -> Reader:
        contexts.append(browser.new_context(storage_state=cookies(email), viewport=WIDE))  # type: ignore[arg-type]
        reader = Reader(contexts[-1].new_page(), language, desk.address)
        reader.opens("/w/demo/")
        reader.reads_in(language.code)
        return reader

    yield came
    for context in contexts:
        context.close()


@pytest.fixture
def admin(signed_in: SignedIn) -> Reader:
    return signed_in(ADMIN)
