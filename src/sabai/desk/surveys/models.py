"""A survey, and its questions as they stood each time that they were published."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import ClassVar

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.scoring.models import Account, Contact

KINDS = ("nps", "csat", "ces", "exit", "onboarding", "custom")
OCCASIONS = ("once", "recurring", "ticket", "onboarding", "renewal", "release", "churn")
"""What makes us ask: all at once; every so many days, spread over them; or something that happened to the account."""
STATES = ("draft", "running", "paused", "closed")
REST_DAYS = 90  # nobody is asked twice in this time, over all surveys; a survey may wait longer, never shorter


def drawn() -> str:
    """Part of an address that nobody guesses."""
    return token_urlsafe(16)


class Survey(OfWorkspace):
    """`audience` is an `audience.Audience`; hours are those of the contact's day; `key` stands in public addresses."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    occasion = models.CharField(max_length=10, choices=[(each, each) for each in OCCASIONS], default="once")
    state = models.CharField(max_length=8, choices=[(state, state) for state in STATES], default="draft")
    key = models.CharField(max_length=32, unique=True, default=drawn, editable=False)

    audience = models.JSONField(default=dict)
    sample = models.PositiveIntegerField(null=True)  # so many drawn by lot; None: everybody in the audience
    every_days = models.PositiveSmallIntegerField(default=91)  # of a recurring one: each contact once in so many days
    delay_days = models.SmallIntegerField(default=0)  # after the occasion; below 0: before it, which renewals allow
    rest_days = models.PositiveSmallIntegerField(default=REST_DAYS)
    remind_after_days = models.PositiveSmallIntegerField(null=True, default=7)  # None: no reminder
    open_days = models.PositiveSmallIntegerField(default=30)  # so long an answer may come and change
    quiet_from = models.PositiveSmallIntegerField(default=18)  # from this hour on nothing is sent …
    quiet_until = models.PositiveSmallIntegerField(default=9)  # … until this one
    reply_within_days = models.PositiveSmallIntegerField(default=2)  # what we promise to whoever is unhappy

    sender = models.CharField(max_length=100, blank=True)  # a person's name; empty: the workspace's
    reply_to = models.EmailField(blank=True)
    colour = models.CharField(max_length=7, default="#0f6b5c")
    logo = models.FileField(upload_to="surveys/", blank=True)
    origins = models.JSONField(default=list)  # pages of the company's own that may show the widget

    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(rest_days__gte=REST_DAYS), name="nobody_is_asked_too_often"),
        )

    def __str__(self) -> str:
        return self.name


class Version(OfWorkspace):
    """The questions (`form.Form`), frozen once published: an answer is read by the version that it answered."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    form = models.JSONField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["survey", "-number"]
        constraints = (models.UniqueConstraint(fields=("survey", "number"), name="one_version_each"),)


class Happening(OfWorkspace):
    """Something that makes us ask, once it was noticed: a ticket solved, a stage entered, a renewal, a customer gone.

    Of a release that somebody announced there is no account. `key` is what an ask is about ("ticket:T-81").
    """

    kind = models.CharField(max_length=10, choices=[(each, each) for each in OCCASIONS])
    key = models.CharField(max_length=200)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.CASCADE, null=True, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    noticed_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="one_happening_each"),)
        indexes = (models.Index(fields=("workspace", "kind", "noticed_on"), name="happenings_of_a_kind"),)


class Stood(models.Model):
    """How a customer stood when it was last looked at: what differs now has happened since."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="stood")
    stage = models.CharField(max_length=200, blank=True)
    here = models.BooleanField()
    renews_on = models.DateField(null=True)
