"""Who answers for whom, and the lists that people come back to."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.scoring.models import Account


class Ownership(OfWorkspace):
    """A dated row: `user` answers for the account in this role from one day until another (None: still)."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="ownerships")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    role = models.CharField(max_length=40, default="csm")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)


class SavedView(OfWorkspace):
    """A list by its address: everything that was searched, filtered, sorted and shown stands in `query`."""

    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)
