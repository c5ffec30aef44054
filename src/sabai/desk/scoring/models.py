"""What the desk shows of the scores: written by jobs after each scoring, read by pages. Pages never open an engine."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sabai.desk.people.models import User
from sabai.desk.people.scoped import OfWorkspace
from sabai.desk.scoring.searchable import FoundBy
from sabai.health.scores import BANDS

BAND_CHOICES = [(band, band) for band in BANDS]

GLANCE = (
    "owner",
    "here",
    "band",
    "revenue_minor",
    "score",
    "change_week",
    "change_quarter",
    "renews_on",
    "overdue_minor",
    "paid_minor",
    "expanded_minor",
    "last_touch_on",
    "last_seen_on",
)
"""What the morning and most lists ask of all accounts: an index that answers them without reading the rows."""


class Account(OfWorkspace):
    """One customer as the last scoring left it. Unknown is NULL. The row stays for good: others point at it.

    `band` is the one shown, an override included; `own_band` is that of the score. Days are dates in the workspace's
    time zone, money counts minor units of its currency, `revenue_minor` is recurring revenue a month.
    """

    account_id = models.CharField(max_length=200)
    name = models.CharField(max_length=300)
    found_by = FoundBy()
    parent = models.ForeignKey("self", models.SET_NULL, null=True, related_name="children")
    segment = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=200, blank=True)
    industry = models.CharField(max_length=200, blank=True)
    product = models.CharField(max_length=200, blank=True)
    stage = models.CharField(max_length=200, blank=True)
    started_on = models.DateField(null=True)
    here = models.BooleanField(default=True)  # a customer at the as-of date

    as_of = models.DateField(null=True)
    band = models.CharField(max_length=12, choices=BAND_CHOICES, default="unknown")
    own_band = models.CharField(max_length=12, choices=BAND_CHOICES, default="unknown")
    score = models.FloatField(null=True)
    coverage = models.FloatField(null=True)
    change_week = models.FloatField(null=True)
    change_quarter = models.FloatField(null=True)
    fell_by = models.CharField(max_length=200, blank=True)  # the factor that took most in the last four weeks
    young = models.BooleanField(default=False)
    live_score = models.FloatField(null=True)  # provisional, of the day so far
    live_at = models.DateTimeField(null=True)

    owner = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    owner_name = models.CharField(max_length=200, blank=True)  # as the company's tools call them
    revenue_minor = models.BigIntegerField(null=True)
    renews_on = models.DateField(null=True)
    overdue_minor = models.BigIntegerField(null=True)
    paid_minor = models.BigIntegerField(null=True)  # of its invoices, in the last week
    expanded_minor = models.BigIntegerField(null=True)  # what it pays a month more than a week ago; 0: not more
    last_touch_on = models.DateField(null=True)
    last_seen_on = models.DateField(null=True)  # the last event of theirs

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "account_id"), name="one_account_each"),)
        indexes = (
            models.Index(fields=("workspace", *GLANCE), name="accounts_at_a_glance"),
            models.Index(fields=("workspace", "here", "name"), name="accounts_by_name"),
        )

    def __str__(self) -> str:
        return self.name


class Told(models.Model):
    """Everything that the account page tells, as `scoring/story.py` packs it."""

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True, related_name="told")
    packed = models.BinaryField()


class Contact(OfWorkspace):
    """A person at an account as the last scoring found them; the row stays until they are erased.

    `person` is the same for one person at several accounts (`scoring/persons.py`); `language` and `time_zone` are as
    the facts say, empty where they do not.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="contacts")
    contact_id = models.CharField(max_length=200)
    person = models.CharField(max_length=32)
    name = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=320, blank=True)
    role = models.CharField(max_length=200, blank=True)
    decides = models.BooleanField(default=False)
    here = models.BooleanField(default=True)  # the facts still tell of them
    language = models.CharField(max_length=20, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    last_seen_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "account", "contact_id"), name="one_contact_each"),)
        indexes = (models.Index(fields=("workspace", "person"), name="contacts_of_a_person"),)

    def __str__(self) -> str:
        return self.name or self.email or self.contact_id


class Count(OfWorkspace):
    """How many customers stood in a band at an as-of date, and what they paid a month: health over time."""

    as_of = models.DateField()
    band = models.CharField(max_length=12, choices=BAND_CHOICES)
    accounts = models.PositiveIntegerField()
    revenue_minor = models.BigIntegerField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "as_of", "band"), name="one_count_each"),)


class OwnCount(OfWorkspace):
    """How many of the customers that somebody answers for now stood in a band then; where none did, there is no row."""

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    as_of = models.DateField()
    band = models.CharField(max_length=12, choices=BAND_CHOICES)
    accounts = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workspace", "owner", "as_of", "band"), name="one_own_count_each"),
        )


class Scoring(OfWorkspace):
    """One run of the path, and what became of it."""

    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    as_of = models.DateField(null=True)
    version = models.CharField(max_length=64, blank=True)  # of the definitions
    problem = models.TextField(blank=True)  # as `sabai score` would print it
    notices = models.JSONField(default=list)  # issues, as dicts
