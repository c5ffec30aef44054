"""Those who are not to be asked, and what is known of one person."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render

from sabai.desk.asking.actions.suppress import release, suppress
from sabai.desk.asking.forms import AgainForm, NeverForm
from sabai.desk.asking.models import Suppression, Wave
from sabai.desk.asking.seen import named, person, suppressions, with_address
from sabai.desk.asking.words import words
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import access, page
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Contact

ON_A_PAGE = 50


@page("work")
def never(request: Speaking, member: Membership) -> HttpResponse:
    """A GET with an address says what is known of it; a POST says that it is not to be asked."""
    form = NeverForm(request.language, request.POST or None)
    if form.is_valid():
        who = with_address(member.workspace, form.cleaned_data["address"])
        suppress(member.workspace, who, "by hand", member.user)
        messages.success(request, request.language.gettext("They are not asked any more."))
        return redirect("asking:never", slug=member.workspace.slug)
    shown = Paginator(suppressions(member.workspace), ON_A_PAGE).get_page(request.GET.get("page"))
    sought = request.GET.get("address", "").strip()
    told = {
        "form": form,
        "shown": shown,
        "named": named(member.workspace, [row.person for row in shown]),
        "sought": sought,
        "found": person(member.workspace, with_address(member.workspace, sought)) if sought else None,
    }
    return render(request, "asking/never.html", told | words(member), status=422 if form.errors else 200)


@page("work")
def again(request: Speaking, member: Membership, key: int) -> HttpResponse:
    """Whoever removes a row says why; the audit trail keeps it."""
    found: Suppression = access(member, Suppression, pk=key)
    form = AgainForm(request.language, request.POST or None)
    if form.is_valid():
        release(found, form.cleaned_data["reason"], member.user)
        messages.success(request, request.language.gettext("They may be asked again."))
        return redirect("asking:never", slug=member.workspace.slug)
    told = {"form": form, "row": found, "who": named(member.workspace, [found.person]).get(found.person)}
    return render(request, "asking/again.html", told | words(member), status=422 if form.errors else 200)


@page("read")
def contact(request: Speaking, member: Membership, contact: int) -> HttpResponse:
    """Whether somebody may be asked, and if not, why not and until when; `?wave=` is where the way back leads."""
    who: Contact = access(member, Contact, pk=contact)
    came_from = request.GET.get("wave", "")
    waves = Wave.of(member.workspace).filter(pk=came_from) if came_from.isascii() and came_from.isdecimal() else None
    told = {
        "who": who,
        "found": person(member.workspace, who.person),
        "wave": waves.first() if waves and len(came_from) < 10 else None,
    }
    return render(request, "asking/contact.html", told | words(member))
