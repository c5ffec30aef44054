"""How a text was read: by which language, with which feeling, about what; a person's correction wins."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.scoring.models import Account

KINDS = ("response", "ticket", "touchpoint", "churn")
FEELINGS = ("negative", "neutral", "positive", "unsure")


class Reading(OfWorkspace):
    """`key` is the id of what holds the text, `digest` tells whether the text is still the one that was read.

    `sentiment` and `themes` are what is believed now; `sentiment_by_person` and `themes_by_person` say which of them a
    person said, `corrected_at` when that was last. A text that changes is a new one, and is read anew.
    """

    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=32)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="readings")
    contact_id = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    text = models.TextField(max_length=20_000)
    request = models.CharField(max_length=300, blank=True)  # the feature that a ticket asks for, as its tool names it
    score = models.SmallIntegerField(null=True)  # what they scored with it, where they did
    scale_max = models.SmallIntegerField(null=True)
    language = models.CharField(max_length=20, blank=True)
    sentiment = models.CharField(max_length=8, choices=[(feeling, feeling) for feeling in FEELINGS])
    chance = models.FloatField(null=True)  # of the most likely feeling
    themes = models.JSONField(default=list)
    read_at = models.DateTimeField(default=timezone.now)
    sentiment_by_person = models.BooleanField(default=False)
    themes_by_person = models.BooleanField(default=False)
    corrected_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    corrected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "kind", "key"), name="read_once"),)
        indexes = (
            models.Index(fields=("workspace", "at"), name="readings_by_day"),
            models.Index(fields=("workspace", "account", "at"), name="readings_of_an_account"),
            models.Index(fields=("workspace", "sentiment", "at"), name="readings_by_feeling"),
            models.Index(fields=("workspace", "corrected_at"), name="readings_set_right"),
        )


class Mention(OfWorkspace):
    """That a reading speaks of a theme: written with it, so that themes are counted from one index."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="mentions")
    theme = models.CharField(max_length=60)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)
    sentiment = models.CharField(max_length=8)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("reading", "theme"), name="mentioned_once"),)
        indexes = (
            models.Index(fields=("workspace", "at", "theme", "kind", "sentiment", "account"), name="mentions_counted"),
            models.Index(fields=("workspace", "theme", "at"), name="mentions_of_a_theme"),
        )


class Suggestion(OfWorkspace):
    """Texts about something that has no theme yet; a person gives it a name, or says no."""

    terms = models.JSONField(default=list)
    examples = models.JSONField(default=list)  # [kind, key] of readings, the most typical first
    count = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    theme = models.CharField(max_length=60, blank=True)  # what it became; empty: nothing


class Reader(OfWorkspace):
    """What a workspace allows, and how far its texts are read.

    A language model that names and sums up is asked only where it is switched on. `landing` is the last one whose texts
    are read, `taught` a digest of the themes and corrections by which all of them were.
    """

    language_model = models.BooleanField(default=False)
    landing = models.PositiveIntegerField(default=0)
    taught = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace",), name="one_reader_each"),)


class Written(OfWorkspace):
    """What the language model wrote: names of a suggested theme (`about` "suggestion:7"), a summary ("theme:price").

    It is text and nothing else, whatever it says. `problem` says why there is none.
    """

    about = models.CharField(max_length=80)
    language = models.CharField(max_length=20)
    texts = models.PositiveSmallIntegerField(default=0)  # how many were sent
    text = models.TextField(blank=True, max_length=4_000)
    problem = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "about", "language"), name="written_once"),)
