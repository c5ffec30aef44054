"""Who works here, who is asked in, and what each role may do."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sabai.desk.look.middleware import Speaking
from sabai.desk.people import queries
from sabai.desk.people.access import page
from sabai.desk.people.actions import invitations as inviting
from sabai.desk.people.forms import InvitationForm
from sabai.desk.people.mail import invitation_link, send_invitation
from sabai.desk.people.models import Invitation, Membership
from sabai.desk.people.roles import ROLE_WORDS, ROLES, VERB_WORDS, may


@page("people")
def people(request: Speaking, member: Membership) -> HttpResponse:
    """A GET lists; a POST invites somebody."""
    form = InvitationForm(request.language, request.POST or None, initial={"role": "manager"})
    if request.method == "POST" and form.is_valid():
        invitation, secret = inviting.invite(member, **form.cleaned_data)
        return asked_in(request, invitation, secret)
    here = {
        "form": form,
        "members": queries.members(member.workspace),
        "gone": queries.gone(member.workspace),
        "invitations": queries.invitations(member.workspace),
        "now": timezone.now(),
        "may": {words: [role for role in ROLES if may(role, verb)] for verb, words in VERB_WORDS.items()},
        "role_words": ROLE_WORDS,
    }
    return render(request, "people/people.html", here)


def asked_in(request: Speaking, invitation: Invitation, secret: str) -> HttpResponse:
    """Sends the link, and shows it this once."""
    left = send_invitation(invitation, secret)
    shown = {"invitation": invitation, "link": invitation_link(secret), "left": left}
    return render(request, "people/invited.html", shown)


def say(request: Speaking, message: str, **values: object) -> None:
    messages.success(request, request.language.gettext(message, **values))


def back(member: Membership) -> HttpResponse:
    return redirect("people:people", slug=member.workspace.slug)
