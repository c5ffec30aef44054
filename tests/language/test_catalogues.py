"""Every word that the code and the templates say exists in every language, whole."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from sabai.errors import UsageError
from sabai.language.catalogues import LANGUAGES, SOURCE, po_text, translations
from sabai.language.language import speak
from sabai.report.words import BAND_WORDS, DIMENSION_WORDS, REASON_WORDS
from tests.house.tree import ROOT

TRANSLATED = [code for code in LANGUAGES if code != SOURCE]
KEYWORDS = {"gettext": None, "say": None, "gettext_noop": None, "_": None, "ngettext": (1, 2)}
TEMPLATES = ("**/templates/**.html.j2", "**/jinja2/**.html", "**/jinja2/**.txt")
METHODS = [("**.py", "python"), *((pattern, "jinja2") for pattern in TEMPLATES)]
OPTIONS = {pattern: {"newstyle_gettext": "true", "silent": "false"} for pattern in TEMPLATES}
GLOSSED = {  # said on the page -> word of the glossary
    **{word: word for word in (*BAND_WORDS.values(), *DIMENSION_WORDS.values())},
    "Factor": "factor",
    "Weight": "weight",
    "Points": "points",
    "Contribution": "contribution",
    "deduction": "deduction",
    "milestone": "milestone",
    "Band": "band",
    "Coverage": "coverage",
    "Touchpoint": "touchpoint",
    "Pulse": "pulse",
    "Override": "override",
    "Metric": "metric",
    "Dimension": "dimension",
}
WRITINGS = {"th": r"[\u0e00-\u0e7f]", "ar": r"[\u0600-\u06ff]", "ja": r"[\u3040-\u30ff\u4e00-\u9fff]"}


@cache
def said() -> frozenset[str | tuple[str, ...]]:
    found = extract_from_dir(ROOT / "src" / "sabai", METHODS, OPTIONS, keywords=KEYWORDS)
    return frozenset(message for _, _, message, _, _ in found) | frozenset(REASON_WORDS.values())


def catalogue(code: str) -> Catalog:
    return read_po(BytesIO(po_text(code)), locale=code, abort_invalid=True)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", text))


def test_the_extraction_sees_code_and_templates() -> None:
    assert {"Sign in", "healthy", "Who needs a call this week", ("%(num)s customer", "%(num)s customers")} <= said()


@pytest.mark.parametrize("code", TRANSLATED)
def test_nothing_is_missing_and_nothing_is_left_over(code: str) -> None:
    assert {
        message.id if isinstance(message.id, str) else tuple(message.id) for message in catalogue(code) if message.id
    } == said()


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_with_its_placeholders(code: str) -> None:
    for message in catalogue(code):
        if not message.id:
            continue
        forms = [message.string] if isinstance(message.string, str) else list(message.string)
        source = message.id if isinstance(message.id, str) else message.id[1]
        assert all(forms), f"{message.id} is empty"
        assert not message.fuzzy, f"{message.id} is fuzzy"
        assert all(placeholders(form) == placeholders(source) for form in forms), f"{message.id}: {forms}"
        assert all(re.search(WRITINGS[code], form) for form in forms), f"{message.id} is not in {code}: {forms}"
        assert all("%" not in re.sub(r"%%|%\(\w+\)s", "", form) for form in forms), f"a lone % breaks a page: {forms}"


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_words_are_those_of_the_glossary(code: str) -> None:
    words = _glossary({"th": "Thai", "ar": "Arabic", "ja": "Japanese"}[code])
    ours = {message: translations(code).gettext(message).removeprefix("ال") for message in GLOSSED}
    assert ours == {message: words[word] for message, word in GLOSSED.items()}


@pytest.mark.parametrize(
    ("num", "form"),
    [
        (0, "0 عميل"),
        (1, "عميل واحد (1)"),
        (2, "عميلان (2)"),
        (7, "7 عملاء"),
        (11, "11 عميلًا"),
        (99, "99 عميلًا"),
        (100, "100 عميل"),
    ],
)
def test_arabic_counts_in_six_forms(num: int, form: str) -> None:
    assert speak("ar").ngettext("%(num)s customer", "%(num)s customers", num) == form


def test_a_language_that_nobody_translated_is_an_error_with_a_hint() -> None:
    with pytest.raises(UsageError, match="There is no translation"):
        speak("jp")


def _glossary(column: str) -> dict[str, str]:
    words: dict[str, str] = {}
    heads: list[str] = []
    for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| word "):
            heads = cells
        elif line.startswith("| "):
            words[cells[0]] = dict(zip(heads, cells, strict=True))[column]
    return words
