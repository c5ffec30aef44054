"""Takes the pictures of the desk below docs/images/, from one that runs with the demo company.

    sabai desk --demo --background    # prints a link
    python -m docs.pictures LINK

It needs Chromium, and writes a draft, a source and a file into that desk, so that there is something to see.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import click
from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    "--disable-features=LocalNetworkAccessChecks",  # the made shop shows the widget of a desk on this machine
)
JOBS_MS = 600_000

SURVEY = """customer,person,asked on,score,said
A-1009,kanya@example.com,03/11/2026,9,ใช้ง่ายมาก
A-1107,sato@example.com,14/11/2026,4,The export has no header
A-1130,noor@example.com,28/11/2026,10,خدمة ممتازة
"""


SHOP = "https://shop.example/"
SHOP_PAGE = """<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><style>body {{ font: 18px/1.7 system-ui; max-inline-size: 44rem;
margin: 4rem auto; padding-inline: 1.5rem }}</style><h1>Baan Coffee Cloud</h1><p>{text}</p>
<script src="{script}" data-language="{language}" data-delay="0.1" defer></script>"""
SHOP_TEXTS = {
    "en": "Your stores opened on time this morning. Three machines are due for a service next week.",
    "ar": "فتحت متاجرك في موعدها هذا الصباح. ثلاث آلات تحتاج إلى صيانة في الأسبوع القادم.",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A page below the workspace, or elsewhere; `page` may name one that `furnished` made or found."""

    name: str
    page: str
    language: str = "en"
    phone: bool = False
    dark: bool = False

    @property
    def file(self) -> Path:
        return IMAGES / f"desk-{self.name}.png"


PICTURES = (
    Picture("morning", "?whose=all"),
    Picture("accounts", "accounts/"),
    Picture("account", "{account}"),
    Picture("tasks", "tasks/?who=all"),
    Picture("insight", "insight/"),
    Picture("proof", "insight/proof/"),
    Picture("preview", "{preview}"),
    Picture("data", "{file}"),
    Picture("people", "people/"),
    Picture("morning-ar", "?whose=all", "ar", phone=True, dark=True),
    Picture("account-ar", "{account}", "ar", phone=True, dark=True),
    Picture("account-th", "{account}", "th"),
    Picture("morning-ja", "?whose=all", "ja"),
    Picture("surveys", "surveys/"),
    Picture("designer", "{survey}questions/"),
    Picture("audience", "{survey}audience/"),
    Picture("mail", "{survey}preview/mail/?language=en", phone=True),
    Picture("asked-th", "{asked}?language=th", "th", phone=True),
    Picture("widget", SHOP),
    Picture("results", "{results}"),
    Picture("replies", "replies/?who=all"),
    Picture("reply", "{reply}"),
    Picture("surveys-ar", "surveys/", "ar"),
    Picture("designer-ar", "{survey}questions/", "ar"),
    Picture("mail-ar", "{survey}preview/mail/?language=ar", "ar", phone=True, dark=True),
    Picture("asked-ar", "{asked}?language=ar", "ar", phone=True, dark=True),
    Picture("widget-ar", SHOP, "ar", phone=True, dark=True),
    Picture("results-ar", "{results}", "ar", phone=True, dark=True),
    Picture("replies-ar", "replies/?who=all", "ar", phone=True, dark=True),
)


@click.command()
@click.argument("link")
@click.option("--only", help="The names of pictures, with commas; else all.")
def main(link: str, only: str | None) -> None:
    """Take them; LINK is what `sabai desk --demo` prints."""
    wanted = [each for each in PICTURES if not only or each.name in only.split(",")]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        state, home = signed_in(browser, link)
        made = furnished(browser.new_page(storage_state=state), home)
        for picture in wanted:
            taken(playwright, browser, state, home, made, picture)
            print(picture.file.relative_to(IMAGES.parent), picture.file.stat().st_size // 1000, "kB")


def signed_in(browser: Browser, link: str) -> tuple[dict[str, object], str]:
    """A browser's memory of having come in, and the address of the workspace."""
    page = browser.new_page(locale="en")
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(re.compile("/w/"))
    return dict(page.context.storage_state()), page.url


def furnished(page: Page, home: str) -> dict[str, str]:
    """The addresses of an account, of a draft with its preview, and of a file that waits for its columns."""
    speak(page, home, "en")
    page.goto(home + "?whose=all")
    account = page.get_by_role("region", name="Call these first").get_by_role("link").first
    found = {"account": _path(str(account.get_attribute("href")), home)} | of_a_survey(page, home)
    page.goto(home + "data/upload/")
    page.get_by_label("File").set_input_files({"name": "survey.csv", "mimeType": "text/csv", "buffer": SURVEY.encode()})
    page.get_by_role("button", name="Look into it").click()
    page.get_by_label("Table").wait_for()
    found["file"] = _path(page.url, home)
    page.goto(home + "definitions/")
    page.get_by_role("button", name="Try out a change").click()
    page.get_by_role("link", name="Numbers").click()
    weight = page.get_by_role("spinbutton").first
    weight.fill(f"{float(weight.input_value()) + 15:g}")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("link", name="What it would do").click()
    page.get_by_role("button", name="Compute").click()
    page.get_by_role("heading", name="Who would change the band", exact=True).wait_for(timeout=JOBS_MS)
    return found | {"preview": _path(page.url, home)}


def of_a_survey(page: Page, home: str) -> dict[str, str]:
    """The addresses of a survey that runs: its pages, its public page, its widget, and a reply that is owed."""
    page.goto(home + "surveys/")
    page.get_by_role("link", name="Would you recommend us?", exact=True).click()
    found = {"survey": _path(page.url, home)}
    page.get_by_role("link", name="Ways to it besides the mail").click()
    found |= {"asked": page.get_by_label("Address").input_value()}
    found |= {"script": found["asked"].rstrip("/").replace("/s/", "/widget/") + ".js"}
    page.get_by_role("link", name="Results so far").click()
    found |= {"results": _path(page.url, home)}
    page.goto(home + "replies/?who=all")
    page.get_by_role("main").get_by_role("link", name="Reply").first.click()
    return found | {"reply": _path(page.url, home)}


def taken(
    playwright: Playwright, browser: Browser, state: dict[str, object], home: str, made: dict[str, str], of: Picture
) -> None:
    phone = {**playwright.devices["Pixel 7"], "device_scale_factor": 2}
    seen = phone if of.phone else {"viewport": {"width": 1280, "height": 900}}
    context = browser.new_context(storage_state=state, color_scheme="dark" if of.dark else "light", **seen)
    page = context.new_page()
    speak(page, home, of.language)
    page.route(SHOP, lambda route: route.fulfill(body=shop(of.language, made["script"]), content_type="text/html"))
    page.goto(urljoin(home, of.page.format(**made)))
    if of.page == SHOP:
        page.get_by_role("radiogroup").first.wait_for()
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        of.file, optimize=True
    )
    context.close()


def shop(language: str, script: str) -> str:
    """A page of the company's own, which shows the widget."""
    direction = "rtl" if language == "ar" else "ltr"
    return SHOP_PAGE.format(language=language, direction=direction, text=SHOP_TEXTS[language], script=script)


def speak(page: Page, home: str, language: str) -> None:
    """By the button at the foot of the page."""
    page.goto(home + "me/")
    page.get_by_role("contentinfo").locator(f"button[lang={language}]").click()
    page.locator(f"html[lang={language}]").wait_for()


def _path(address: str, home: str) -> str:
    """What follows the address of the workspace."""
    return urlsplit(address).path.removeprefix(urlsplit(home).path)


if __name__ == "__main__":
    main()
