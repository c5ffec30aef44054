"""Which language a request is answered in."""

from __future__ import annotations

from sabai.language.catalogues import LANGUAGES, SOURCE
from sabai.language.language import Language, speak
from sabai.language.numbers import Calendar


def spoken(code: str | None, calendar: Calendar = "gregorian") -> Language:
    """The language of that code, or English where we do not speak it; `calendar` counts only for Thai.

    >>> spoken("ar-eg").code, spoken("fr").code, spoken(None).code
    ('ar', 'en', 'en')
    """
    short = (code or SOURCE).split("-")[0]
    return speak(short if short in LANGUAGES else SOURCE, calendar)
