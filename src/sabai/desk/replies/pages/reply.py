"""One reply that is owed: what they said, what is known of them, and a place to write."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.look.middleware import Speaking
from sabai.desk.look.spoken import spoken
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.replies.actions import reply as actions
from sabai.desk.replies.first_words import first_words
from sabai.desk.replies.forms import ReplyForm
from sabai.desk.replies.history import history
from sabai.desk.replies.models import Reply
from sabai.desk.surveys.form import SCALES
from sabai.desk.surveys.queries import form_of
from sabai.report.words import CHANNEL_WORDS


@page("work")
def reply(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    found = access(member, Reply, pk=pk)
    form = _form(request, found)
    if request.method == "POST" and form.is_valid() and _replied(request, member, found, form):
        return redirect("replies:replies", member.workspace.slug)
    response, first = found.response, form_of(found.response.version).first
    return render(request, "replies/reply.html", {
        "reply": found, "response": response, "form": form, "day_here": member.workspace.today(),
        "most": SCALES[first.kind][1] if first.kind in SCALES else None,
        "known": history(response) if response.account else None,
    })  # fmt: skip


def _form(request: Speaking, found: Reply) -> ReplyForm:
    gettext, theirs = request.language.gettext, spoken(found.response.language)
    kind = form_of(found.response.version).first.kind
    begun = {
        "text": found.text or first_words(found.response, SCALES[kind][1] if kind in SCALES else 10) + "\n\n",
        "subject": theirs.gettext("About your answer"),
    }
    channels = [(code, gettext(words)) for code, words in CHANNEL_WORDS.items()]
    return ReplyForm(request.language, channels, request.POST or None, initial=begun)


def _replied(request: Speaking, member: Membership, found: Reply, form: ReplyForm) -> bool:
    told, gettext = form.cleaned_data, request.language.gettext
    contact = found.response.contact
    if request.POST.get("how") == "send" and contact and contact.email:
        try:
            new = actions.send(member, found, told["subject"], told["text"])
        except actions.NotSent:
            form.add_error(None, gettext("The mail server did not take it. Try again, or reply from your own mail."))
            return False
    else:
        new = actions.keep(member, found, told["channel"] or "mail", told["text"])
    messages.success(request, gettext("The promise is kept.") if new else gettext("Somebody had replied already."))
    return True
