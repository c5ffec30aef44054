"""Every answer in the language of its reader: what they chose, or else what their browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from sabai.desk.look.spoken import spoken
from sabai.language.language import Language

COOKIE = "language"


class Speaking(HttpRequest):
    """A request with the language of its answer; htmx says of it whether only a part of a page is wanted."""

    language: Language
    htmx: HtmxDetails


class Spoken:
    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = spoken(_wanted(request), getattr(request.user, "calendar", "gregorian"))
        request.language = language  # type: ignore[attr-defined]
        with translation.override(language.code):
            response = self.answer(request)
        response.headers["Content-Language"] = request.language.code  # type: ignore[attr-defined]  # a page may choose
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def _wanted(request: HttpRequest) -> str:
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(COOKIE, "")
    return chosen or translation.get_language_from_request(request)
