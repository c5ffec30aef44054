"""What people say of an account beside its score."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.scoring.models import Account


class Note(OfWorkspace):
    """Free text about an account; `pinned` ones stand on top."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="notes")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(max_length=20_000)
    pinned = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)


class Opinion(OfWorkspace):
    """An override (a band with a reason and an end) or a pulse (a felt band with an end), as health/overrides.py."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="opinions")
    kind = models.CharField(max_length=8, choices=[("override", "override"), ("pulse", "pulse")])
    band = models.CharField(max_length=12)
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    from_on = models.DateField()
    until_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)
