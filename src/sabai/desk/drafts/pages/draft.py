"""One draft: as a form, as YAML, and what it would do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from markupsafe import Markup

from sabai.desk.drafts.actions.change import save, throw_away
from sabai.desk.drafts.actions.publish import publish
from sabai.desk.drafts.checked import checked, differing, fingerprint, reweighed
from sabai.desk.drafts.forms import numbers_of
from sabai.desk.drafts.jobs import preview_draft
from sabai.desk.drafts.models import Draft
from sabai.desk.drafts.queries import accounts_moved, difference, published
from sabai.desk.drafts.words import said
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.errors import DefinitionsError


@page("define")
def draft(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """The YAML; a POST saves it, right or wrong, and says what is wrong."""
    found: Draft = access(member, Draft, pk=key)
    if request.method == "POST":
        save(member, found, request.POST.get("text", "").replace("\r\n", "\n"))
        return redirect("drafts:draft", slug=member.workspace.slug, key=found.pk)
    return render(request, "drafts/yaml.html", _around(found) | {"tab": "yaml"})


@page("define")
def numbers(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """Weights, points and cut points as a form."""
    found: Draft = access(member, Draft, pk=key)
    shown = _around(found) | {"tab": "numbers"}
    if request.method == "POST" and shown["definitions"]:
        try:
            save(member, found, reweighed(found.text, numbers_of(request.POST, shown["definitions"].health)))
            return redirect("drafts:numbers", slug=member.workspace.slug, key=found.pk)
        except DefinitionsError as error:
            shown["issues"] = error.issues
        except ValueError as error:
            messages.error(request, request.language.gettext("“%(value)s” is not a number.", value=str(error)))
    return render(request, "drafts/numbers.html", shown)


@page("define")
def preview(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """What the draft would do; a POST has it computed."""
    found: Draft = access(member, Draft, pk=key)
    if request.method == "POST":
        Draft.of(member.workspace).filter(pk=key).update(asked_at=timezone.now())
        preview_draft(found.pk)
        return redirect("drafts:preview", slug=member.workspace.slug, key=found.pk)
    drawn = (found.preview or {}).get("pictures", {}).get(request.language.code, "")
    fresh = found.previewed == fingerprint(found.text)
    shown = _around(found) | {"tab": "preview", "picture": Markup(drawn), "fresh": fresh, "said": said}
    shown["accounts"] = accounts_moved(found)
    return render(request, "drafts/preview.html", shown)


@page("define")
def publish_draft(request: Speaking, member: Membership, key: int) -> HttpResponse:
    found: Draft = access(member, Draft, pk=key)
    comment = request.POST.get("comment", "").strip()
    if request.method == "POST" and comment:
        try:
            version = publish(member, found, comment)
        except DefinitionsError:
            return redirect("drafts:draft", slug=member.workspace.slug, key=found.pk)
        said = request.language.gettext("Version %(number)s is in use; scores follow.", number=version.number)
        messages.success(request, said)
        return redirect("drafts:definitions", slug=member.workspace.slug)
    return redirect("drafts:preview", slug=member.workspace.slug, key=found.pk)


@page("define")
def drop(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """Throws the draft away."""
    found: Draft = access(member, Draft, pk=key)
    if request.method == "POST":
        throw_away(member, found)
    return redirect("drafts:definitions", slug=member.workspace.slug)


def _around(found: Draft) -> dict[str, Any]:
    version, said = published(found.workspace), checked(found.text)
    before = version.text if version else ""
    return {
        "draft": found,
        "definitions": said.definitions,
        "issues": said.issues,
        "edits": differing(before, found.text),
        "difference": list(difference(before, found.text)),
    }
