"""What can be done with an invitation that was sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.actions import invitations as inviting
from sabai.desk.people.models import Invitation, Membership
from sabai.desk.people.pages.people import asked_in, back, say
from sabai.language.catalogues import gettext_noop


@page("people")
def resend(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    invitation = access(member, Invitation, pk=pk)
    if request.method != "POST":
        return back(member)
    try:
        secret = inviting.resend(member, invitation)
    except inviting.NotGood:
        messages.error(request, request.language.gettext("This invitation was taken up or withdrawn."))
        return back(member)
    invitation.refresh_from_db()
    return asked_in(request, invitation, secret)


@page("people")
def withdraw(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    invitation = access(member, Invitation, pk=pk)
    if request.method == "POST":
        inviting.withdraw(member, invitation)
        say(request, gettext_noop("The invitation of %(email)s is withdrawn."), email=invitation.email)
    return back(member)
