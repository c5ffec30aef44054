"""When a survey asks, and how it looks."""

from __future__ import annotations

import re

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.responses.brand import TEXT, contrast, dark, light
from sabai.desk.surveys.actions.change import set_logo, set_settings
from sabai.desk.surveys.forms import Rhythm
from sabai.desk.surveys.logo import MOST_BYTES, NotAPicture, shown
from sabai.desk.surveys.models import REST_DAYS, Survey
from sabai.desk.surveys.origins import NotAnOrigin, origins_of
from sabai.desk.surveys.pages.survey import around
from sabai.language.catalogues import gettext_noop

NO_PICTURE = gettext_noop("That is no PNG or JPEG of at most 1 MB. SVG is refused: it may run scripts.")


@page("define")
def rhythm(request: Speaking, member: Membership, key: int) -> HttpResponse:
    found: Survey = access(member, Survey, pk=key)
    form = Rhythm(found, request.language, request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_settings(member, found, **form.cleaned_data)
        messages.success(request, request.language.gettext("Kept."))
        return redirect("surveys:rhythm", slug=member.workspace.slug, key=key)
    told = around(request, found, "rhythm") | {"rhythm": form, "rest_days": REST_DAYS}
    return render(request, "surveys/rhythm.html", told)


@page("define")
def brand(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """Colour and logo, and what pages make of the colour where it could not be read as it is."""
    found: Survey = access(member, Survey, pk=key)
    if request.method == "POST":
        (_set_origins if "origins" in request.POST else _set)(request, member, found)
        return redirect("surveys:brand", slug=member.workspace.slug, key=key)
    day, night = light(found.colour), dark(found.colour)
    told = {
        "themes": (("day", day), ("night", night)),
        "ratio": contrast(found.colour, day.card),
        "needed": TEXT,
    }
    return render(request, "surveys/brand.html", around(request, found, "brand") | told)


@page("read")
def logo(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """The logo as it was decoded and written anew."""
    found: Survey = access(member, Survey, pk=key)
    if not found.logo:
        raise Http404
    with found.logo.open() as file:
        answer = HttpResponse(file.read(), content_type="image/png")
    answer.headers["Cache-Control"] = "private, max-age=60"
    return answer


def _set_origins(request: Speaking, member: Membership, found: Survey) -> None:
    gettext = request.language.gettext
    try:
        origins = origins_of(request.POST["origins"])
    except NotAnOrigin as wrong:
        messages.error(request, gettext("“%(line)s” is no site. Write https://shop.example, one a line.", line=wrong))
    else:
        set_settings(member, found, origins=origins)
        messages.success(request, gettext("Kept."))


def _set(request: Speaking, member: Membership, found: Survey) -> None:
    """Keeps what was sent, or says why not."""
    gettext, colour = request.language.gettext, request.POST.get("colour", "").strip().lower()
    if "logo" in request.FILES:
        try:
            file = request.FILES["logo"]
            assert isinstance(file, UploadedFile)
            set_logo(member, found, shown(file.read(MOST_BYTES + 1)))
        except NotAPicture:
            messages.error(request, gettext(NO_PICTURE))
            return
    elif request.POST.get("do") == "bare":
        set_logo(member, found, None)
    if not re.fullmatch("#[0-9a-f]{6}", colour, re.ASCII):
        messages.error(request, gettext("A colour is written as #0f6b5c."))
    else:
        set_settings(member, found, colour=colour)
        messages.success(request, gettext("Kept."))
