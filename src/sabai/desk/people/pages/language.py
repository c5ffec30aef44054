"""In which language the pages speak from now on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sabai.desk.look.middleware import COOKIE
from sabai.desk.people.actions.oneself import speak
from sabai.desk.people.models import User
from sabai.language.catalogues import LANGUAGES

A_YEAR = 365 * 24 * 3600


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Kept in a cookie, and with the user where somebody is signed in; then back to where they were."""
    to = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    answer = redirect(to if safe else "/")
    chosen = request.POST.get("language", "")
    if chosen in LANGUAGES:
        answer.set_cookie(COOKIE, chosen, A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
        if isinstance(request.user, User):
            speak(request.user, chosen)
    return answer
