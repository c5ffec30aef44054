"""Everything known of one customer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from sabai.dates import to_day
from sabai.desk.accounts import pictures, queries
from sabai.desk.accounts.forms.ask import Ask
from sabai.desk.accounts.forms.say import Say
from sabai.desk.accounts.forms.touch import Touch
from sabai.desk.accounts.forms.word import Word
from sabai.desk.accounts.goals import ended
from sabai.desk.accounts.moves import moves
from sabai.desk.accounts.pages.happened import PART, happened, written_of
from sabai.desk.accounts.timeline import Written
from sabai.desk.look.forms import Spoken
from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.scoring.story import Story
from sabai.desk.tasks.queries import members_of
from sabai.report.cells import Cells


@page("read")
def account(request: Speaking, member: Membership, key: int) -> HttpResponse:
    answer = shown(request, member, queries.account_of(member, key))
    patch_vary_headers(answer, ("HX-Target",))
    return answer


def shown(request: Speaking, member: Membership, account: Account, refused: Spoken | None = None) -> HttpResponse:
    """The page, or the part of it that htmx asks for; `refused` is a form that was sent and is not right."""
    story, written = queries.story_of(account), written_of(account)
    told = happened(request, member, account, story, written)
    if request.headers.get("HX-Target") == PART:
        return render(request, "accounts/happened.html", told)
    told |= _story(account, story) | _beside(request, account, written)
    if member.may("work"):
        told["forms"] = _forms(request, member, story, refused)
    with timezone.override(written.zone):  # in which a form writes its times
        return render(request, "accounts/account.html", told, status=422 if refused else 200)


def _story(account: Account, story: Story | None) -> dict[str, Any]:
    """What the template asks of the story; all days are counted from its as-of date."""
    if story is None:
        return {"story": None, "as_of": account.as_of and to_day(account.as_of)}
    return {
        "story": story,
        "as_of": story.as_of,
        "goals": [(goal, ended(goal, story.as_of)) for goal in story.goals],
        "moves": list(moves(story)),
        "pictures": pictures,
    }


def _beside(request: Speaking, account: Account, written: Written) -> dict[str, Any]:
    """What people wrote down, and the accounts below this one."""
    today, family = account.workspace.today(), queries.family_of(account)
    cells = Cells.speaking(request.language, frozenset())
    return {
        "today": today,
        "on": written.day,
        "notes": written.notes,
        "tasks": sorted((task for task in written.tasks if not task.done_at), key=lambda task: task.due_on or date.max),
        "override": queries.in_force(written.opinions, "override", today),
        "pulse": queries.in_force(written.opinions, "pulse", today),
        "family": family,
        "from_children": cells.from_children(family.rolled) if family.rolled else "",
    }


def _forms(request: Speaking, member: Membership, story: Story | None, refused: Spoken | None) -> dict[str, Spoken]:
    """A form of each kind, empty but for its defaults; the refused one as it was sent."""
    language = request.language
    made: list[Spoken] = [
        Touch(language, story.people if story else ()),
        Ask(language, members_of(member.workspace), initial={"assigned": str(member.user.pk)}),
        Word(language),
        Say(language, member.workspace.today()),
    ]
    return {type(form).__name__.lower(): form for form in [*made, *([refused] if refused else [])]}
