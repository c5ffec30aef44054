"""Leaving, by the address in a mail that told what was done."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.replies.announcing import whose
from sabai.desk.responses.pages.public import shown, sorry


@csrf_exempt  # the address itself is the secret, and mail readers post to it by themselves
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """A page with one button: what machines open changes nothing."""
    contact = whose(signed)
    if contact is None:
        return sorry(request, "forged")
    done = request.method == "POST"
    if done:
        with transaction.atomic():
            suppress(contact.workspace, contact.person, "opted out", None)
    told = {"of": contact.workspace, "survey": None, "done": done}
    return shown(request, contact.language or "en", "replies/stop.html", told)
