"""What is done to a survey as a whole, each a POST that leads back to it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sabai.desk.asking.jobs import plan_survey
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.surveys.actions.change import copy
from sabai.desk.surveys.actions.notice import release
from sabai.desk.surveys.actions.state import MOVES, NotReady, move, publish, remove
from sabai.desk.surveys.models import Survey
from sabai.language.catalogues import gettext_noop

DONE = {
    "begin": gettext_noop("It runs. Invitations go out as its rhythm says."),
    "pause": gettext_noop("It is paused: nobody new is asked, and answers still come in."),
    "resume": gettext_noop("It runs again."),
    "close": gettext_noop("It is closed. Late answers are kept, and marked."),
}
ASKED = gettext_noop("The invitations are being prepared.")


@page("define")
@require_POST
def do(request: Speaking, member: Membership, key: int, verb: str) -> HttpResponse:
    """Begins, pauses, resumes, closes, publishes, copies, removes, or says that a release is out."""
    found: Survey = access(member, Survey, pk=key)
    slug, gettext = member.workspace.slug, request.language.gettext
    if verb == "copy":
        other = copy(member, found, gettext("Copy of %(name)s", name=found.name)[:200])
        return redirect("surveys:survey", slug=slug, key=other.pk)
    if verb == "remove" and remove(member, found):
        messages.success(request, gettext("The draft is gone."))
        return redirect("surveys:surveys", slug=slug)
    try:
        _say(request, _done(request, member, found, verb))
    except NotReady:
        messages.error(request, gettext("Something is wrong with the questions still: it is listed below."))
        return redirect("surveys:questions", slug=slug, key=key)
    return redirect("surveys:survey", slug=slug, key=key)


def _done(request: Speaking, member: Membership, found: Survey, verb: str) -> str:
    """What to say of it, "" where nothing was done."""
    gettext = request.language.gettext
    if verb in MOVES:
        said = _moved(request, member, found, verb)
        return gettext(said) if said else ""
    if verb == "publish":
        number = publish(member, found).number
        return gettext("Version %(number)s is asked from now on.", number=request.language.show.fixed(number))
    name = " ".join(request.POST.get("release", "").split())[:100]
    if verb == "release" and name and release(member, name):
        return gettext("“%(name)s” is out: whoever fits is asked about it.", name=name)
    return ""


def _moved(request: Speaking, member: Membership, found: Survey, verb: str) -> str:
    """What begins and asks once asks at once, unless nobody is to get a mail."""
    if not move(member, found, verb):
        return ""
    if verb == "begin" and found.occasion == "once" and request.POST.get("mails") != "no":
        plan_survey(found.pk, member.user.pk)
        return ASKED
    return DONE[verb]


def _say(request: Speaking, said: str) -> None:
    if said:
        messages.success(request, said)
    else:
        messages.error(request, request.language.gettext("Nothing was changed."))
