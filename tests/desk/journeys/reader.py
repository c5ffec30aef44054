"""Somebody who reads the desk in a language, and finds things by what they are called there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sabai.language.language import Language
from tests.desk.journeys.house import House

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass
class Reader:
    page: Page
    language: Language
    address: str
    house: House = field(init=False)

    def __post_init__(self) -> None:
        self.house = House(self.page.context)

    def say(self, english: str, **values: object) -> str:
        """The words as they stand on the page of this reader."""
        return self.language.gettext(english, **values)

    def opens(self, path: str) -> None:
        self.page.goto(self.address + path)

    def finds(self, role: Any, english: str, within: Locator | None = None, **values: object) -> Locator:
        """One thing by its role and its name in the reader's language."""
        return (within or self.page).get_by_role(role, name=self.say(english, **values), exact=True)  # type: ignore[union-attr]

    def presses(self, english: str, within: Locator | None = None, **values: object) -> None:
        self.finds("button", english, within, **values).click()

    def follows(self, english: str, within: Locator | None = None, **values: object) -> None:
        self.finds("link", english, within, **values).click()

    def named(self, english: str, within: Locator | None = None) -> Locator:
        """A field by its label."""
        return (within or self.page).get_by_label(self.say(english), exact=True)

    def section(self, english: str) -> Locator:
        """A part of the page by its heading, and not the table inside it that is called the same."""
        return self.finds("region", english).first

    def goes_to(self, english: str) -> None:
        """A page of the rail."""
        self.follows(english, self.finds("navigation", "Pages"))

    def reads_in(self, code: str) -> None:
        """Switches the language at the foot of the page."""
        foot = self.page.get_by_role("contentinfo")
        foot.locator(f"button[lang={code}]").click()
        self.page.wait_for_load_state()

    def is_in_order(self) -> None:
        self.house.is_in_order(self.page)
