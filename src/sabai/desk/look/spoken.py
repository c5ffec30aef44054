"""Which language a request is answered in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from sabai.language.catalogues import LANGUAGES, SOURCE
from sabai.language.language import Language, speak
from sabai.language.numbers import Calendar


def spoken(code: str | None, calendar: Calendar = "gregorian") -> Language:
    """The language of that code, or English where we do not speak it; `calendar` counts only for Thai.

    >>> spoken("ar-eg").code, spoken("fr").code, spoken(None).code
    ('ar', 'en', 'en')
    """
    short = (code or SOURCE).split("-")[0]
    return _printed(short if short in LANGUAGES else SOURCE, calendar)


@cache
def _printed(code: str, calendar: Calendar) -> Language:
    """As it is read on a page: a minus is a minus there, and not the hyphen that other programs can read."""
    found = speak(code, calendar)
    return replace(found, show=replace(found.show, minus="\N{MINUS SIGN}"))
