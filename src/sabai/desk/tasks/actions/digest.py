"""Whether somebody wants the mail of the morning, and that they get it once a day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.tasks.models import DigestSetting


def setting_of(member: Membership) -> DigestSetting:
    """What the member has set; who has set nothing wants the mail."""
    setting, _ = DigestSetting.everywhere.get_or_create(workspace=member.workspace, user=member.user)
    return setting


@transaction.atomic
def want_digest(member: Membership, wanted: bool) -> None:
    """Sets whether the mail is wanted."""
    setting = setting_of(member)
    if setting.wanted != wanted:
        DigestSetting.of(member.workspace).filter(pk=setting.pk).update(wanted=wanted)
        write(member.workspace, member.user, "change", "digest", member.pk, {"wanted": not wanted}, {"wanted": wanted})


def claim(setting: DigestSetting, day: date) -> bool:
    """Whether the mail of that day is still to send, and ours to: only one of those who ask hears yes."""
    unsent = Q(sent_on=None) | Q(sent_on__lt=day)
    mine = DigestSetting.of(setting.workspace).filter(unsent, pk=setting.pk, wanted=True)
    return mine.update(sent_on=day) == 1


def release(setting: DigestSetting) -> None:
    """Gives the day back after a mail that could not be sent, for the next hour to try."""
    DigestSetting.of(setting.workspace).filter(pk=setting.pk).update(sent_on=setting.sent_on)
