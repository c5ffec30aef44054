"""Coming in by an invitation."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.actions import invitations as inviting
from sabai.desk.people.forms import JoinForm
from sabai.desk.people.models import Invitation, User
from sabai.desk.people.queries import invitation_of
from sabai.desk.people.sign_in import come_in


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: Speaking, secret: str) -> HttpResponse:
    """A GET only asks; whoever has signed in here before joins by signing in, anybody else says who they are."""
    found = invitation_of(secret)
    if found is None:
        return render(request, "people/invitation_over.html", status=404)
    user = User.objects.filter(email=found.email).first()
    if user or request.user.is_authenticated:
        return _join(request, found, user)
    return _begin(request, found)


def _join(request: Speaking, found: Invitation, user: User | None) -> HttpResponse:
    if request.method == "POST" and request.user == user:
        return _in(request, found, user)
    return render(request, "people/invitation_join.html", {"invitation": found, "theirs": request.user == user})


def _begin(request: Speaking, found: Invitation) -> HttpResponse:
    language = request.language
    form = JoinForm(found, language, request.POST or None, initial={"language_of_pages": language.code})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            member = inviting.accept_as_new(found, said["name"], said["language_of_pages"], said["password"])
        except inviting.NotGood:
            return render(request, "people/invitation_over.html", status=404)
        come_in(request, member.user)
        return redirect("morning:morning", slug=member.workspace.slug)
    return render(request, "people/invitation.html", {"invitation": found, "form": form})


def _in(request: Speaking, found: Invitation, user: User) -> HttpResponse:
    try:
        member = inviting.accept(found, user)
    except inviting.NotGood:
        return render(request, "people/invitation_over.html", status=404)
    return redirect("morning:morning", slug=member.workspace.slug)
