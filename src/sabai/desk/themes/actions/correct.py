"""A person says how a text was meant or what it is about: that wins over whatever was read, and teaches the reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.themes.actions.read import mention
from sabai.desk.themes.models import Reading

SAID = ("negative", "neutral", "positive")


def correct_feeling(member: Membership, reading: Reading, sentiment: str) -> bool:
    """Whether that is new; what was read rightly may be confirmed."""
    if sentiment not in SAID:
        raise ValueError(f"nobody can mean {sentiment!r}")
    return _correct(member, reading, sentiment=sentiment, chance=None, sentiment_by_person=True)


def correct_themes(member: Membership, reading: Reading, themes: Sequence[str]) -> bool:
    """Whether that is new; no themes: it is about none of them."""
    return _correct(member, reading, themes=list(themes), themes_by_person=True)


@transaction.atomic
def _correct(member: Membership, reading: Reading, **said: Any) -> bool:
    row = Reading.of(member.workspace).select_for_update().get(pk=reading.pk)
    before = {name: getattr(row, name) for name in said}
    if before == said:
        return False
    for name, value in {**said, "corrected_by": member.user, "corrected_at": timezone.now()}.items():
        setattr(row, name, value)
    row.save(update_fields=[*said, "corrected_by", "corrected_at"])
    mention(member.workspace, [row])
    write(member.workspace, member.user, "change", "reading", f"{row.kind} {row.pk}", before, said)
    return True
