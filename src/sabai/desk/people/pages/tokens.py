"""Keys to the API: made, shown once, revoked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.actions import tokens as doing
from sabai.desk.people.forms import TokenForm
from sabai.desk.people.models import Membership, Token
from sabai.desk.people.pages.people import say
from sabai.desk.people.tokens import SCOPES
from sabai.language.catalogues import gettext_noop


@page("connect")
def tokens(request: Speaking, member: Membership) -> HttpResponse:
    """A GET lists; a POST makes one and shows its secret."""
    form = TokenForm(request.language, request.POST or None, initial={"days": "90"})
    shown = {"form": form, "scope_words": SCOPES, "now": timezone.now()}
    if request.method == "POST" and form.is_valid():
        token, secret = doing.create(member, **form.cleaned_data)
        shown |= {"made": token, "secret": secret, "form": TokenForm(request.language)}
    shown["tokens"] = Token.of(member.workspace).select_related("created_by").order_by("revoked_at", "-created_at")
    return render(request, "people/tokens.html", shown)


@page("connect")
def revoke(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    token = access(member, Token, pk=pk)
    if request.method == "POST":
        doing.revoke(member, token)
        say(request, gettext_noop("%(name)s no longer opens anything."), name=token.name)
    return redirect("people:tokens", slug=member.workspace.slug)
