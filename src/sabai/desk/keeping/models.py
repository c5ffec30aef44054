"""For how long things are kept, and what somebody asked about one person: to have all of it, or none of it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace

KINDS = ("account", "contact", "email")
WHATS = ("export", "erase")


class KeepingSetting(OfWorkspace):
    """Days after which something goes; None: it stays."""

    audit_days = models.PositiveIntegerField()
    intake_days = models.PositiveIntegerField()
    former_days = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace",), name="one_keeping_each"),)


class Request(OfWorkspace):
    """An export or an erasure that somebody asked for. `value` and `known`, by which the person can be told, are empty
    once there is nothing more to do with them; then the row names nobody.

    `known` is what the facts say of who that is, written down before anything is erased: a second try needs it.
    """

    what = models.CharField(max_length=8, choices=[(what, what) for what in WHATS])
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    value = models.CharField(max_length=300, blank=True)
    known = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=100, blank=True)
    receipt = models.JSONField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = (models.Index(fields=("workspace", "ended_at"), name="requests_to_do"),)
