"""What was written of those who are no customers any more: after a while the words go, and the numbers stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q

from sabai.desk.accounts.models import Note
from sabai.desk.keeping.actions import setting_of
from sabai.desk.people.models import Workspace
from sabai.desk.replies.models import Favour, Reply
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account
from sabai.desk.surveys.models import Version
from sabai.desk.surveys.queries import form_of
from sabai.desk.tasks.models import Task, Touchpoint
from sabai.desk.themes.models import Reading

AT_ONCE = 500


def remove(workspace: Workspace, before: datetime) -> int:
    """How many rows went, or lost their words. The facts of what happened stay in the store."""
    theirs = Q(account__here=False)
    old = (
        Note.of(workspace).filter(theirs, at__lt=before),
        Touchpoint.of(workspace).filter(theirs, logged_at__lt=before, landed_at__isnull=False),
        Task.of(workspace).filter(theirs, done_at__lt=before),
        Reading.of(workspace).filter(theirs, at__lt=before),
    )
    gone = sum(int(rows.delete()[0]) for rows in old)
    gone += (
        Reply.of(workspace)
        .filter(response__account__here=False, replied_at__lt=before)
        .exclude(text="")
        .update(text="")
    )
    favours = Favour.of(workspace).filter(advocate__account__here=False, asked_at__lt=before).exclude(note="")
    return gone + favours.update(note="") + _without_words(workspace, before)


def forgotten(workspace: Workspace, now: datetime) -> Callable[[str, datetime], bool]:
    """Whether what was said at an account (its id) then has gone, or would go tonight: nobody reads it anew."""
    days = setting_of(workspace).former_days
    if days is None:
        return lambda account_id, at: False
    before, here = now - timedelta(days=days), Account.of(workspace).filter(here=False)
    former = frozenset(here.values_list("account_id", flat=True))
    return lambda account_id, at: at < before and account_id in former


def _without_words(workspace: Workspace, before: datetime) -> int:
    """Scores and choices stay, so that numbers of the past do."""
    old = Response.of(workspace).filter(account__here=False, answered_at__lt=before).only("given", "comment", "version")
    texts = {version.pk: _texts(version) for version in Version.of(workspace).filter(published_at__isnull=False)}
    changed = []
    for each in old.iterator(AT_ONCE):
        numbers = {key: said for key, said in each.given.items() if key not in texts[each.version_id]}
        if each.comment or numbers != each.given:
            each.comment, each.given = "", numbers
            changed.append(each)
    Response.everywhere.bulk_update(changed, ["comment", "given"], batch_size=AT_ONCE)
    return len(changed)


def _texts(version: Version) -> frozenset[str]:
    """Which questions are answered by words."""
    return frozenset(question.key for question in form_of(version).questions if question.kind == "text")
