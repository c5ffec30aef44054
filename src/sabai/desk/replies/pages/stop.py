"""Leaving, by the address in a mail that told what was done."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.look.middleware import Speaking
from sabai.desk.look.spoken import spoken
from sabai.desk.replies.announcing import whose


@csrf_exempt  # the address itself is the secret, and mail readers post to it by themselves
def stop(request: Speaking, signed: str) -> HttpResponse:
    """A page with one button: what machines open changes nothing."""
    contact = whose(signed)
    if contact is None:
        raise Http404
    done = request.method == "POST"
    if done:
        with transaction.atomic():
            suppress(contact.workspace, contact.person, "opted out", None)
    request.language = spoken(contact.language)
    return render(request, "replies/stop.html", {"of": contact.workspace, "survey": None, "done": done})
