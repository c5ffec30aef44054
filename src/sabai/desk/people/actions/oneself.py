"""What I set for myself."""

from __future__ import annotations

from django.db import transaction

from sabai.desk.people.models import User
from sabai.desk.people.watch import told


@transaction.atomic
def change(user: User, name: str, language: str, calendar: str) -> None:
    """One's name, language and calendar; the name is what others see, so the trail tells of it."""
    if name != user.name:
        told(user, user, "change", "name", before={"name": user.name}, after={"name": name})
    user.name, user.language, user.calendar = name, language, calendar
    user.save(update_fields=("name", "language", "calendar"))


def speak(user: User, language: str) -> None:
    """The language chosen at the foot of a page stays for all pages to come."""
    user.language = language
    user.save(update_fields=("language",))
