"""Who changed what: rows that are only ever added, each sealed with a hash over itself and the one before."""

from __future__ import annotations

import json
from hashlib import sha256

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace

FIRST = "0" * 64  # what the first entry is sealed upon


class Entry(OfWorkspace):
    """One change. `who` stays readable when the user is gone; None is the desk itself, in a job."""

    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    who = models.CharField(max_length=254, blank=True)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    sealed = models.CharField(max_length=64)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("workspace", "number"), name="audit_numbers"),)
        indexes = (models.Index(fields=("workspace", "kind", "thing", "number"), name="audit_of_a_thing"),)

    def seal(self, before: str) -> str:
        """SHA-256 over the seal of the entry before and everything that this one says, as 64 hexadecimal digits."""
        said = (self.at.isoformat(), self.who, self.verb, self.kind, self.thing, self.before, self.after)
        text = json.dumps([self.number, *said], sort_keys=True, ensure_ascii=False)
        return sha256((before + text).encode()).hexdigest()
