"""Who was asked when. The rules against asking too often are held by the database (`rests.py`)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.asking.rests import Rests
from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.surveys.models import Survey, Version, drawn

STATES = ("planned", "sending", "sent", "unsure", "failed", "stopped")
"""`sending` is written before the mail server is spoken to; a process that died then leaves `unsure`, never a second
mail. `stopped` and `failed` were never sent."""
CHANNELS = ("mail", "widget", "link", "api")
REASONS = (
    "asked lately", "opted out", "bounced", "by hand", "no address", "same person", "asked already", "answered already",
    "not drawn", "too new", "other stage", "other band", "other segment", "no occasion", "left",
)  # fmt: skip
"""Why somebody is not asked, as it is shown."""
NEVER_SENT = ("stopped", "failed")
"""Whoever's ask ended so does not rest from it."""


class Wave(OfWorkspace):
    """One planning of a survey: who was in its audience, who of them is asked; `seed` makes the draw again."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="waves")
    version = models.ForeignKey(Version, models.RESTRICT, related_name="+")
    seed = models.BigIntegerField()
    planned_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    audience = models.PositiveIntegerField(default=0)
    asked = models.PositiveIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)


class Ask(OfWorkspace):
    """One contact is asked once. `person` rests from `asked_on` until `rests_until`: the database refuses a second row
    of a person whose days would overlap, whatever the survey.

    `occasion` is what it is about ("ticket:T-81", "2026-Q4"); `nonce` is part of the link, which signs nothing else.
    """

    workspace = models.ForeignKey("people.Workspace", models.CASCADE, related_name="+", db_index=False)
    wave = models.ForeignKey(Wave, models.CASCADE, null=True, related_name="asks")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="asks")
    version = models.ForeignKey(Version, models.RESTRICT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="asks")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="asks")
    person = models.CharField(max_length=32)
    occasion = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=8, choices=[(channel, channel) for channel in CHANNELS], default="mail")
    language = models.CharField(max_length=20, blank=True)
    nonce = models.CharField(max_length=32, default=drawn)
    asked_on = models.DateField()
    rests_until = models.DateField()

    state = models.CharField(max_length=8, choices=[(state, state) for state in STATES], default="planned")
    send_after = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    remind_after = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)  # one reminder: claimed by a conditional UPDATE
    opened_at = models.DateTimeField(null=True)  # the page, by a person
    put_at = models.DateTimeField(null=True)  # it lies among what the store lands next
    closes_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("survey", "person", "occasion"),
                condition=~models.Q(state__in=NEVER_SENT),
                name="asked_once_on_an_occasion",
            ),
            models.CheckConstraint(condition=models.Q(rests_until__gt=models.F("asked_on")), name="asking_is_tiring"),
            Rests(name="asked_while_resting"),
        )
        indexes = (
            models.Index(fields=("workspace", "person", "asked_on"), name="asks_of_a_person"),
            models.Index(
                fields=("workspace",), condition=models.Q(put_at=None, sent_at__isnull=False), name="asks_to_put"
            ),
            models.Index(fields=("state", "send_after"), name="asks_to_send"),
            models.Index(fields=("remind_after",), condition=models.Q(reminded_at=None), name="asks_to_remind"),
        )


class NotAsked(OfWorkspace):
    """Somebody who was in sight of a wave and is not asked, with the reason."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="not_asked")
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=[(reason, reason) for reason in REASONS])
    until = models.DateField(null=True)  # from when on they might be asked

    class Meta:
        indexes = (models.Index(fields=("wave", "reason"), name="not_asked_and_why"),)


class Suppression(OfWorkspace):
    """A person to whom no survey goes, for ever; the digest outlives their name."""

    person = models.CharField(max_length=32)
    why = models.CharField(max_length=10, choices=[(why, why) for why in ("opted out", "bounced", "by hand")])
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "person"), name="suppressed_once"),)
