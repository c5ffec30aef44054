"""What somebody sees who asked for what is not there, may not, or cannot be answered: what it is, and what to do.

These pages ask neither the database nor the session, because those may be what is broken; nothing of a workspace stands
on them, and what is not there looks as what one may not know of.
"""

from __future__ import annotations

import json
import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from sabai.desk.keeping.full import cannot_store
from sabai.desk.look.middleware import COOKIE
from sabai.desk.look.spoken import spoken
from sabai.language.catalogues import gettext_noop

API = ("/v1/", "/api/")
WAIT_SECONDS = 10
WORDS = {
    400: (
        gettext_noop("This could not be understood"),
        gettext_noop("Nothing was changed."),
        gettext_noop("Go back and try again. If you typed the address, look for a slip in it."),
    ),
    403: (
        gettext_noop("This is not yours to do"),
        gettext_noop("Your role in this workspace does not allow it. Nothing was changed."),
        gettext_noop("Ask an administrator of the workspace, who can give you another role."),
    ),
    404: (
        gettext_noop("There is nothing here"),
        gettext_noop("Either there is no such page, or it is not for you."),
        gettext_noop("Look for a slip in the address, or find what you look for from the start."),
    ),
    500: (
        gettext_noop("This is our fault"),
        gettext_noop("Something broke while the page was made. What was saved before is still there."),
        gettext_noop("Try again. If it happens once more, tell whoever runs the desk when it was: its log says where."),
    ),
    503: (
        gettext_noop("Nothing can be stored at the moment"),
        gettext_noop("The disk may be full, or the database is not there. What you sent was not kept."),
        gettext_noop("Try again in a minute. Whoever runs the desk should see to the disk and the database."),
    ),
}
"""Status -> what it is, what that means, what to do."""


def misread(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return said(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return said(request, 403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return said(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault that came up outside of a view, where nobody can tell the two apart before."""
    return said(request, 503 if cannot_store(sys.exc_info()[1]) else 500)


def said(request: HttpRequest, status: int) -> HttpResponse:
    """The page, in the reader's language; JSON where a program asked."""
    if request.path.startswith(API):
        what, why, hint = WORDS[status]
        told = {"code": f"HTTP-{status}", "what": f"{what}.", "why": why, "hint": hint}
        answer = HttpResponse(json.dumps(told), status=status, content_type="application/json")
    else:
        answer = HttpResponse(_page(_language(request), status), status=status)
    if status == 503:
        answer.headers["Retry-After"] = str(WAIT_SECONDS)
    return answer


def _page(code: str, status: int) -> str:
    language = spoken(code)
    title, why, hint = map(language.gettext, WORDS[status])
    with translation.override(language.code):
        return render_to_string(
            "keeping/refused.html",
            {"language": language, "status": status, "title": title, "why": why, "hint": hint},
        )


def _language(request: HttpRequest) -> str:
    """As the page would have been, or else as the browser asks."""
    known = getattr(request, "language", None)
    if known is not None:
        return str(known.code)
    return request.COOKIES.get(COOKIE, "") or translation.get_language_from_request(request)
