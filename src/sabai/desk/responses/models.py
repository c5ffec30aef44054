"""An answer as it stands; each time that it settles it goes to the facts."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.surveys.models import Survey, Version

STATES = ("partial", "complete", "late")
"""`late`: it came after the survey had closed for them; kept, marked, and not counted among the others."""
CHANNELS = ("mail", "page", "widget", "qr", "api", "import")
SUSPICIONS = ("", "machine", "forwarded", "again")
"""A machine that opens links, a link that somebody else opened, a second answer to the same ask."""
LONGEST = 10_000  # characters of one text


class Response(OfWorkspace):
    """What one person answered to one version. `score` is the answer to the first question, `comment` to the first text
    question; unknown is NULL. `given` holds all (`form.Given`). A response without a contact is nobody's (QR, widget).

    `beside` is the answer that stood there already when this one came by the same ask and was kept apart from it.
    `counted` says whether it is among the numbers (`counting.py`), and `visit` by which browser it was given.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    version = models.ForeignKey(Version, models.RESTRICT, related_name="+")
    ask = models.OneToOneField(Ask, models.SET_NULL, null=True, related_name="response")
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="responses")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="responses")
    channel = models.CharField(max_length=8, choices=[(channel, channel) for channel in CHANNELS])
    language = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=8, choices=[(state, state) for state in STATES], default="partial")
    suspicion = models.CharField(max_length=10, blank=True)
    key = models.CharField(max_length=100)  # the same key again is the same response
    given = models.JSONField(default=dict)
    score = models.SmallIntegerField(null=True)
    mood = models.CharField(max_length=8, blank=True)  # what the score says of them (`mood.py`); empty: nothing
    comment = models.TextField(blank=True, max_length=20_000)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    visit = models.CharField(max_length=32, blank=True)
    beside = models.ForeignKey("self", models.SET_NULL, null=True, related_name="others")
    counted = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    put_at = models.DateTimeField(null=True)  # until when it has gone to the facts: changed_at of what went

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="one_response_each"),)
        indexes = (
            models.Index(fields=("workspace", "survey", "answered_at", "suspicion"), name="responses_of_a_survey"),
            models.Index(fields=("workspace", "answered_at", "suspicion"), name="responses_by_time"),
            models.Index(
                fields=("workspace", "survey", "counted", "version", "language", "score", "ask"),
                name="responses_counted",
            ),
            models.Index(fields=("workspace", "suspicion", "answered_at"), name="responses_in_doubt"),
            models.Index(fields=("workspace", "put_at", "changed_at"), name="responses_to_put"),
        )
