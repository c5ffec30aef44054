"""What a company says about itself: what is in use, who changed it when, and what is being tried out."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render

from sabai.definitions.schema import json_schema
from sabai.definitions.starter import starter
from sabai.desk.drafts.actions.change import begin
from sabai.desk.drafts.checked import checked
from sabai.desk.drafts.queries import drafts, history, published
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership

MOST_BYTES = 1_000_000


@page("define")
def definitions(request: Speaking, member: Membership) -> HttpResponse:
    version = published(member.workspace)
    shown = {
        "version": version,
        "meaning": version and checked(version.text).definitions,
        "history": history(member.workspace),
        "drafts": drafts(member.workspace),
    }
    return render(request, "drafts/definitions.html", shown)


@page("define")
def new_draft(request: Speaking, member: Membership) -> HttpResponse:
    """A draft of what is in use, of a file that somebody edited elsewhere, or of the starter where there is nothing.

    It opens on its numbers; where the text is wrong there are none to show.
    """
    if request.method != "POST":
        return redirect("drafts:definitions", slug=member.workspace.slug)
    version, text = published(member.workspace), None
    if "file" in request.FILES:
        text = _text_of(request)
        if text is None:
            return redirect("drafts:definitions", slug=member.workspace.slug)
    if text is None:
        text = version.text if version else starter(member.workspace.name)
    view = "numbers" if checked(text).definitions else "draft"
    return redirect(f"drafts:{view}", slug=member.workspace.slug, key=begin(member, text).pk)


@page("define")
def download(request: Speaking, member: Membership) -> HttpResponseBase:
    """The file in use."""
    version = published(member.workspace)
    text = version.text if version else ""
    return HttpResponse(
        text,
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="sabai.yaml"'},
    )


@page("define")
def schema(request: Speaking, member: Membership) -> HttpResponse:
    """The JSON Schema of `sabai.yaml`, from which the editor completes."""
    return JsonResponse(json_schema(), headers={"Cache-Control": "private, max-age=3600"})


def _text_of(request: Speaking) -> str | None:
    """What was uploaded; None, with a message, where it is no text of a fitting size."""
    language, file = request.language, request.FILES["file"]
    assert isinstance(file, UploadedFile)
    data = file.read(MOST_BYTES + 1)
    try:
        if len(data) <= MOST_BYTES:
            return str(data.decode("utf-8-sig"))
        messages.error(request, language.gettext("That file is larger than definitions ever are."))
    except UnicodeDecodeError:
        messages.error(request, language.gettext("That file is not text in UTF-8."))
    return None
