"""What I have set for myself."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import COOKIE, Speaking
from sabai.desk.look.spoken import spoken
from sabai.desk.people.access import page
from sabai.desk.people.actions.oneself import change
from sabai.desk.people.forms import OneselfForm
from sabai.desk.people.models import Membership
from sabai.desk.people.pages.people import say
from sabai.desk.tasks.actions.digest import setting_of, want_digest
from sabai.language.catalogues import gettext_noop


@page("read")
def me(request: Speaking, member: Membership) -> HttpResponse:
    language = request.language
    user = member.user
    known = {"name": user.name, "language_of_pages": user.language or language.code, "calendar": user.calendar}
    form = OneselfForm(language, request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        return _changed(request, member, form)
    factors = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    shown = {
        "form": form,
        "passkeys": factors.count(Authenticator.Type.WEBAUTHN),
        "codes": Authenticator.Type.TOTP in factors,
        "signed_in": UserSession.objects.filter(user=user).count(),
        "digest": setting_of(member).wanted if member.may("work") else None,
        "example": member.workspace.today(),
    }
    return render(request, "people/me.html", shown)


def _changed(request: Speaking, member: Membership, form: OneselfForm) -> HttpResponse:
    said = form.cleaned_data
    change(member.user, said["name"], said["language_of_pages"], said["calendar"])
    if member.may("work"):
        want_digest(member, "digest" in request.POST)
    request.language = spoken(said["language_of_pages"])
    say(request, gettext_noop("Your settings are kept."))
    answer = redirect("people:me", slug=member.workspace.slug)
    answer.delete_cookie(COOKIE)
    return answer
