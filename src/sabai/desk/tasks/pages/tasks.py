"""My tasks and everybody's: late, today, this week, later, snoozed, and those that are done."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from sabai.desk.look.middleware import Speaking
from sabai.desk.people.access import page
from sabai.desk.people.models import Membership
from sabai.desk.scoring.models import Account
from sabai.desk.tasks import queries
from sabai.desk.tasks.asked import Asked
from sabai.desk.tasks.forms import Doing
from sabai.desk.tasks.models import ORIGINS, Task
from sabai.desk.tasks.words import GROUP_WORDS, ORIGIN_WORDS, OUTCOME_WORDS

EACH = 50  # tasks on a page


@page("work")
def tasks(request: Speaking, member: Membership) -> HttpResponse:
    asked = Asked.of(request.GET.dict())
    today = member.workspace.today()
    found = queries.asked_for(member, asked)
    counts = {"done": found.count()} if asked.done else queries.counted(found, today)
    listed = Paginator(queries.listed(found, asked, today), EACH)
    listed.count = sum(counts.values())  # counted already
    shown = listed.get_page(asked.page)
    rows = queries.rows(member.workspace, shown.object_list)
    told = {
        "asked": asked,
        "shown": shown,
        "parts": [("done", rows)] if asked.done else _parts(rows, today),
        "counts": counts,
        "unseen": queries.unseen(member),
        "doing": Doing(member.workspace, request.language),
        "account": Account.of(member.workspace).filter(pk=asked.account).first() if asked.account else None,
        "origins": ORIGINS,
    }
    return render(request, "tasks/tasks.html", told | around_rows(request, member))


def around_rows(request: Speaking, member: Membership) -> dict[str, object]:
    """What a row of the list needs beside its task; its words are looked up once and not for each row."""
    today, gettext = member.workspace.today(), request.language.gettext
    week = today + timedelta(days=7)
    snoozes = {
        gettext("Until tomorrow"): today + timedelta(days=1),
        gettext("For a week"): week,
        gettext("For a month"): today + timedelta(days=30),
    }
    return {
        "day_here": today,
        "zone": ZoneInfo(member.workspace.time_zone),
        "tomorrow": today + timedelta(days=1),
        "next_week": week,
        "snoozes": {words: until.isoformat() for words, until in snoozes.items()},
        "origin_words": ORIGIN_WORDS,
        "outcome_words": {code: gettext(words) for code, words in OUTCOME_WORDS.items()},
        "group_words": GROUP_WORDS,
    }


def _parts(shown: list[Task], today: date) -> list[tuple[str, list[Task]]]:
    groups = groupby(shown, key=lambda task: queries.group_of(task, today))
    return [(name, list(tasks)) for name, tasks in groups]
