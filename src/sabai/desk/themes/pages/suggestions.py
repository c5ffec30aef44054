"""Themes that were found, for a person to name them or to say no."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.surveys.words import language_name
from sabai.desk.themes import queries, words
from sabai.desk.themes.actions.suggest import approve, refuse
from sabai.desk.themes.actions.write_down import may_be_asked
from sabai.desk.themes.forms import ThemeForm
from sabai.desk.themes.models import Suggestion
from sabai.desk.themes.writing import about, names_in
from sabai.errors import SabaiError
from sabai.text.language import READ, language_of

FEW, MANY = 3, 20


@page("read")
def suggestions(request: Speaking, member: Membership) -> HttpResponse:
    rows = [(each, queries.examples(each, FEW)) for each in queries.open_suggestions(member.workspace)[:MANY]]
    return render(request, "themes/suggestions.html", _around(request, member) | {"rows": rows})


@page("define")
def suggestion(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    found = access(member, Suggestion, pk=pk)
    if found.decided_at:
        raise Http404
    subject = about("suggestion", found.pk)
    written = queries.written(member.workspace, subject, request.language.code)
    begun = _begun(found) | {f"name_{code}": name for code, name in names_in(written.text if written else "").items()}
    form = ThemeForm(request.language, request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            draft = approve(member, found, form.named)
        except SabaiError as error:
            for issue in error.issues:
                form.add_error(None, " ".join(filter(None, (issue.what, issue.hint))))
        else:
            gettext = request.language.gettext
            messages.success(request, gettext("It stands in your draft of the definitions. Look at it and publish it."))
            return redirect("drafts:draft", member.workspace.slug, draft.pk)
    return render(request, "themes/suggestion.html", _around(request, member) | {
        "suggestion": found, "form": form, "examples": queries.examples(found, MANY), "subject": subject,
        "written": written, "may_ask": may_be_asked(member),
    })  # fmt: skip


@page("define")
@require_POST
def no(request: Speaking, member: Membership, pk: int) -> HttpResponse:
    found = access(member, Suggestion, pk=pk)
    if found.decided_at is None:
        refuse(member, found)
    return redirect("themes:suggestions", member.workspace.slug)


def _begun(found: Suggestion) -> dict[str, str]:
    """Its terms, each among the words of the language that it is in."""
    begun: dict[str, list[str]] = {}
    for term in found.terms:
        code = language_of(term)
        begun.setdefault(f"words_{code if code in READ else 'en'}", []).append(term)
    return {name: ", ".join(said) for name, said in begun.items()}


def _around(request: Speaking, member: Membership) -> dict[str, object]:
    return {
        "words": words, "zone": ZoneInfo(member.workspace.time_zone),
        "named": queries.theme_words(member.workspace, request.language),
        "tongue": lambda code: language_name(code, request.language.code),
    }  # fmt: skip
