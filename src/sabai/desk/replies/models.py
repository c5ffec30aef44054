"""What is owed to whoever answered, and what they may do for us."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.responses.models import Response
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.tasks.models import Task

FAVOURS = ("review", "reference", "case study")


class Reply(OfWorkspace):
    """A promise to reply to one response, which `task` reminds of; `replied_at` says that it was kept."""

    response = models.OneToOneField(Response, models.CASCADE, related_name="reply")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField()
    promised_at = models.DateTimeField(default=timezone.now)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(blank=True, max_length=20_000)

    class Meta:
        indexes = (models.Index(fields=("workspace", "replied_at", "due_on"), name="replies_that_are_owed"),)


class Advocate(OfWorkspace):
    """Somebody who might speak for us, found by what they answered."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="advocates")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="advocates")
    response = models.ForeignKey(Response, models.SET_NULL, null=True, related_name="+")
    found_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)  # a person says: not them

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "contact"), name="one_advocate_each"),)


class Favour(OfWorkspace):
    """One thing that an advocate was asked for. Nothing is published before they consented; `done_at` makes a fact."""

    advocate = models.ForeignKey(Advocate, models.CASCADE, related_name="favours")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in FAVOURS])
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    consented_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    put_at = models.DateTimeField(null=True)  # it lies among what the store lands next
    note = models.TextField(blank=True, max_length=20_000)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("advocate", "kind"), name="one_favour_of_a_kind"),)


class Announcement(OfWorkspace):
    """What was done about a theme, told to those who had spoken of it: "you said, we did"."""

    theme = models.CharField(max_length=60)
    since = models.DateField()  # whoever spoke of it from this day on is told
    texts = models.JSONField(default=dict)  # language -> text
    fallback = models.CharField(max_length=20, default="en")  # the language of whoever speaks none of them
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)


class Told(OfWorkspace):
    """Who is told of an announcement; `claimed_at` is written before the mail leaves, so that nobody hears it twice."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="told")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("announcement", "contact"), name="told_once"),)
