"""Where facts come from, what came, and what was set aside."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace

KINDS = ("events", "facts")
STATES = ("looking", "asking", "landing", "landed", "failed")


class Source(OfWorkspace):
    """A system that sends, by a write key of which only a hash is kept; `begins` tells two keys apart."""

    name = models.SlugField(max_length=60)
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in KINDS])
    hashed = models.CharField(max_length=64, unique=True)
    begins = models.CharField(max_length=12)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    settled = models.BigIntegerField(default=0)  # the last row of LatelySeen that lies in Seen

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "name"), name="one_source_each"),)

    def __str__(self) -> str:
        return self.name


class Batch(OfWorkspace):
    """What one request brought, as it came, packed. `table` is empty where they are messages, not rows of a table."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="batches")
    received_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    table = models.CharField(max_length=40, blank=True)
    count = models.PositiveIntegerField()
    blob = models.BinaryField()
    landed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("workspace",), condition=models.Q(landed_at=None), name="batches_to_land"),
            models.Index(fields=("source", "received_at"), name="batches_of_a_source"),
        )


class Seen(models.Model):
    """A message that was taken, for good: digests of its id and of its body, and the batch that it lies in.

    Rows are small because there is one for every message ever; no foreign key has an index that nobody asks.
    """

    source = models.ForeignKey(Source, models.CASCADE, db_index=False, related_name="+")
    digest = models.BinaryField(max_length=16)
    body = models.BinaryField(max_length=8)
    batch = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "digest"), name="seen_once"),)


class LatelySeen(models.Model):
    """What one request brought, as digests of id and body one behind the other, until they are settled in `Seen`.

    Digests lie anywhere in an index: a row for each costs a page for each, and a request brings hundreds.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="+")
    batch = models.BigIntegerField()
    prints = models.BinaryField()


class Quarantined(OfWorkspace):
    """A message with the id of another one, and another body: neither is taken for the other until a person looks."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="quarantined")
    at = models.DateTimeField()
    table = models.CharField(max_length=40, blank=True)
    message_id = models.CharField(max_length=300)
    first = models.TextField(blank=True)  # empty once the batch that it lay in is gone
    second = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]


class Refused(OfWorkspace):
    """What one request brought that could not be taken: how many, and the first of them with reason and text."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="refused")
    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    told = models.JSONField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]


class Known(OfWorkspace):
    """What a source has told of a person, an account or another id so far: messages tell it bit by bit."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="known")
    kind = models.CharField(max_length=8)  # contacts, accounts, alias
    key = models.CharField(max_length=300)
    row = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("source", "kind", "key"), name="known_once"),)


class Answered(OfWorkspace):
    """What a request with an Idempotency-Key was answered, so that the same again is not done again."""

    key = models.BinaryField(max_length=16)
    asked = models.BinaryField(max_length=16)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "key"), name="answered_once"),)


class Upload(OfWorkspace):
    """A file that a person brought; `looked` is what a job saw in it, `columns` what a person made of it.

    `source` is what its facts will say they came from: a source of the definitions where there is one for such files.
    """

    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="intake/%Y/%m/")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=[(state, state) for state in STATES], default="looking")
    looked = models.JSONField(null=True)
    table = models.CharField(max_length=40, blank=True)
    columns = models.JSONField(default=dict)
    source = models.CharField(max_length=60, default="uploads")
    taken = models.PositiveIntegerField(null=True)
    problems = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]
