"""Showing a page to somebody outside of the desk, in a language that the survey chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from babel import Locale, UnknownLocaleError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from sabai.desk.look.spoken import spoken
from sabai.language.catalogues import LANGUAGES


def shown(request: HttpRequest, tongue: str, template: str, told: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """`told` has `of` (the workspace or None) and `survey` (or None). Nobody keeps a copy, no search engine finds it.

    `tongue` may be a language that the desk does not speak: then its own words are English.
    """
    language = spoken(tongue)
    request.language = language  # type: ignore[attr-defined]
    theirs = {} if tongue.partition("-")[0] in LANGUAGES else {"tongue": tongue, "direction": direction_of(tongue)}
    with translation.override(language.code):
        answer = render(request, template, {**told, **theirs}, status=status)
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def sorry(request: HttpRequest, what: str, told: Mapping[str, Any] | None = None, status: int = 404) -> HttpResponse:
    """A friendly sentence where there is nothing to answer; `what` is one of responses/sorry.html."""
    around: dict[str, Any] = {"of": None, "survey": None, "what": what} | dict(told or {})
    wanted = next(iter(wished(request)), "en")
    return shown(request, spoken(wanted).code, "responses/sorry.html", around, status)


def wished(request: HttpRequest) -> Iterable[str]:
    """The languages that a browser asks for, the dearest first."""
    told = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return [code for code, _ in told if code != "*"]


def called(codes: Iterable[str]) -> dict[str, str]:
    """Languages by what their speakers call them.

    >>> called(["th", "ar", "xx"])
    {'th': 'ไทย', 'ar': 'العربية', 'xx': 'xx'}
    """
    return {code: _name(code) for code in codes}


def direction_of(code: str) -> str:
    """
    >>> direction_of("ur"), direction_of("fr"), direction_of("xx")
    ('rtl', 'ltr', 'ltr')
    """
    locale = _locale(code)
    return locale.text_direction if locale else "ltr"


def _name(code: str) -> str:
    locale = _locale(code)
    return (locale and locale.display_name) or code


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
