"""Who works here, in which company, as what."""

from __future__ import annotations

from datetime import date, datetime
from secrets import token_hex
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from sabai.desk.people.roles import ROLES, may
from sabai.desk.people.scoped import OfWorkspace


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **known: object) -> User:
        """A new user; without a password one can only come in by a link, a passkey or the company's own sign-in."""
        user = self.model(email=self.normalize_email(email).lower(), **known)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A person who signs in, in any number of workspaces."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, blank=True)
    calendar = models.CharField(max_length=10, default="gregorian")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)


class Workspace(models.Model):
    """A company that runs Sabai. Its facts and definitions lie in a folder of its own, named by `slug`.

    `salt` is under the digests of people who must be known again after their names are gone; it never changes.
    """

    slug = models.SlugField(unique=True, max_length=40)
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3, default="USD")
    time_zone = models.CharField(max_length=60, default="UTC")
    labels = models.JSONField(default=dict)  # of the definitions in use, as `sabai.definitions.model` has them
    salt = models.CharField(max_length=64, default=token_hex, editable=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    def today(self) -> date:
        """The day that it is where the workspace is."""
        return self.day_of(timezone.now())

    def day_of(self, moment: datetime) -> date:
        """The day that it was there; stored moments are of no place."""
        return timezone.localdate(moment, ZoneInfo(self.time_zone))


class Membership(OfWorkspace):
    """What one user may do in one workspace; `known_as` is how the company's other tools call them."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=[(role, role) for role in ROLES])
    known_as = models.CharField(max_length=200, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workspace", "user"), name="one_membership_each"),)

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"

    def may(self, verb: str) -> bool:
        """Whether this role may do that here."""
        return may(self.role, verb)


class Invitation(OfWorkspace):
    """A way in for one person; only a hash of its secret is kept."""

    email = models.EmailField()
    role = models.CharField(max_length=12, choices=[(role, role) for role in ROLES])
    known_as = models.CharField(max_length=200, blank=True)
    hashed = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Token(OfWorkspace):
    """A key to the API; only a hash of its secret is kept, and `begins` tells two of them apart."""

    name = models.CharField(max_length=200)
    hashed = models.CharField(max_length=64, unique=True)
    begins = models.CharField(max_length=12)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
