"""One job for one person, what gave rise to it, and the contacts that happened."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.scoring.models import Account

CHANNELS = ("mail", "chat", "phone", "meeting", "social", "community")
ORIGINS = ("person", "signal", "playbook", "response")
OUTCOMES = ("reached", "not reached", "solved", "not needed")


class Signal(OfWorkspace):
    """A dated statement that something changed and someone should know: both the queue and the history."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=60)
    on = models.DateField()
    told = models.JSONField(default=dict)
    key = models.CharField(max_length=200)
    raised_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True)  # claimed by a conditional UPDATE

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="one_signal_each"),)


class PlaybookRun(OfWorkspace):
    """One answer to one signal."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="playbook_runs")
    signal = models.ForeignKey(Signal, models.SET_NULL, null=True, related_name="runs")
    playbook = models.CharField(max_length=100)
    version = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=200)
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="one_playbook_run_each"),)


class Task(OfWorkspace):
    """`key` makes creation idempotent: the same key again is the same task."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="tasks")
    title = models.CharField(max_length=300)
    detail = models.TextField(blank=True, max_length=20_000)
    origin = models.CharField(max_length=10, choices=[(origin, origin) for origin in ORIGINS])
    key = models.CharField(max_length=200)
    signal = models.ForeignKey(Signal, models.SET_NULL, null=True, related_name="tasks")
    run = models.ForeignKey(PlaybookRun, models.SET_NULL, null=True, related_name="tasks")
    assigned = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(null=True)
    snoozed_until = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=20, blank=True, choices=[(outcome, outcome) for outcome in OUTCOMES])
    outcome_note = models.TextField(blank=True, max_length=20_000)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="one_task_each"),)
        indexes = (
            models.Index(fields=("workspace", "assigned", "done_at", "due_on"), name="tasks_of_a_day"),
            models.Index(fields=("workspace", "done_at", "due_on"), name="tasks_of_everybody"),
        )


class Mention(OfWorkspace):
    """Somebody was named in a task, note or touchpoint, and has seen it or not."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="mentions")
    text = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("workspace", "user", "seen_at"), name="mentions_to_see"),)


class Touchpoint(OfWorkspace):
    """A contact that happened, logged by a person; a job lands it into the store as a fact."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="touchpoints")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    contact_id = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=10, choices=[(channel, channel) for channel in CHANNELS])
    direction = models.CharField(max_length=3, choices=[("in", "in"), ("out", "out")])
    occurred_at = models.DateTimeField()
    note = models.TextField(blank=True, max_length=20_000)
    logged_at = models.DateTimeField(default=timezone.now)
    landed_at = models.DateTimeField(null=True)


class OpenCalendar(OfWorkspace):
    """The calendar of one member, at an address that nobody can guess: `nonce` is drawn anew to close the old one."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    nonce = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "user"), name="one_calendar_each"),)


class DigestSetting(OfWorkspace):
    """Whether somebody wants the mail of the morning, and the last day of their workspace on which it was made."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    wanted = models.BooleanField(default=True)
    sent_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "user"), name="one_digest_each"),)
