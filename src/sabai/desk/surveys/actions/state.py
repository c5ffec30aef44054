"""A survey is published, begins, rests, goes on and ends."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.surveys.checking import problems
from sabai.desk.surveys.models import Survey, Version
from sabai.desk.surveys.queries import form_of, newest

MOVES = {
    "begin": (("draft",), "running"),
    "pause": (("running",), "paused"),
    "resume": (("paused",), "running"),
    "close": (("running", "paused"), "closed"),
}
"""Verb -> the states in which it can be done, and the state after it. What is closed is copied, never begun again."""


class NotReady(Exception):
    """Something is wrong with the questions: `checking.problems` says what."""


@transaction.atomic
def publish(member: Membership, survey: Survey) -> Version:
    """Freezes the newest questions: from now on they are asked. NotReady where something is wrong with them."""
    version = newest(survey)
    if version.published_at:
        return version
    if problems(form_of(version)):
        raise NotReady
    version.published_at, version.by = timezone.now(), member.user
    version.save(update_fields=["published_at", "by"])
    write(member.workspace, member.user, "publish", "survey", survey.pk, None, {"version": version.number})
    return version


@transaction.atomic
def move(member: Membership, survey: Survey, verb: str) -> bool:
    """Does what MOVES says; False where it is in no state for that. What begins is published too."""
    states, after = MOVES[verb]
    times = {"begin": {"begun_at": timezone.now()}, "close": {"closed_at": timezone.now()}}.get(verb, {})
    if verb == "begin":
        publish(member, survey)
    waiting = Survey.of(member.workspace).filter(pk=survey.pk, state__in=states)
    if not waiting.update(state=after, **times):
        return False
    write(member.workspace, member.user, verb, "survey", survey.pk, {"state": survey.state}, {"state": after})
    survey.refresh_from_db()
    return True


@transaction.atomic
def remove(member: Membership, survey: Survey) -> bool:
    """Only a draft that asked nobody goes."""
    if survey.state != "draft" or survey.versions.filter(published_at__isnull=False).exists():
        return False
    write(member.workspace, member.user, "remove", "survey", survey.pk, {"name": survey.name}, None)
    survey.delete()
    return True
