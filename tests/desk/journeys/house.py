"""What holds on every page: nobody is shut out, nothing jumps, nothing is refused, nothing is heavy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
MOST_BYTES = 200_000
MOST_SHIFT = 0.1
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
PREVIEW = "Blocked script execution in"
MEASURE_SHIFT = """
window.shift = 0;
const add = (each) => { if (!each.hadRecentInput) window.shift += each.value; };
new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: "layout-shift", buffered: true });
"""
BEYOND = """() => [...document.querySelectorAll("main *")].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 1 || box.left < -1);
}).slice(0, 5).map((each) => each.outerHTML.slice(0, 120))"""


class House:
    """Listens to every page of a browser context."""

    def __init__(self, context: BrowserContext) -> None:
        self.wrong: list[str] = []
        self.answered: list[Request] = []
        context.add_init_script(MEASURE_SHIFT)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        context.on("requestfinished", lambda request: self.answered.append(request))  # noqa: PLW0108 - it marks what it calls

    def is_in_order(self, page: Page) -> None:
        """Light on a wide screen, dark on a phone; what a refused script or style would say stands in the console."""
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shift") < MOST_SHIFT, f"{page.url} jumps"
        assert violations(page) == [], page.url
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, page.evaluate(BEYOND))
        assert violations(page) == [], f"{page.url}, dark, on a phone"
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        assert self.wrong == [], (page.url, self.wrong)
        assert self._heavy() == []

    def _hear(self, said: ConsoleMessage) -> None:
        """What is only a preview runs no script, as it should be."""
        if said.type == "error" and not said.text.startswith(PREVIEW):
            self.wrong.append(said.text)

    def _heavy(self) -> list[str]:
        """The answers that are over the limit; each is asked once."""
        answered, self.answered = self.answered, []
        return [each.url for each in answered if each.sizes()["responseBodySize"] > MOST_BYTES]


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.1 A and AA: the rule, where, and the element."""
    found: list[dict[str, Any]] = Axe().run(page, options=WCAG).response["violations"]
    return [f"{each['id']}: {node['target']} {node['html'][:160]}" for each in found for node in each["nodes"]]
