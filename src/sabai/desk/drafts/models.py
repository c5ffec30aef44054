"""Definitions as they were published, and changes of them that are not published yet."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace


class Version(OfWorkspace):
    """One publication. The newest is in use; `meaning` is the version of `sabai.definitions.version`."""

    number = models.PositiveIntegerField()
    text = models.TextField()
    meaning = models.CharField(max_length=64)
    comment = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("workspace", "number"), name="versions_are_numbered"),)


class Draft(OfWorkspace):
    """A change that somebody tries out. `preview` is what it would do, as `sabai.preview.told` says it, of the
    text whose hash is `previewed`. `problem` says why there is none."""

    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    based_on = models.ForeignKey(Version, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)  # for a preview
    preview = models.JSONField(null=True)
    previewed = models.CharField(max_length=64, blank=True)
    problem = models.TextField(blank=True)
