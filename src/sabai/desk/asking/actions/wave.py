"""What a person decides of a wave: that it stops, and what becomes of mails of which nobody knows whether they left."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sabai.desk.asking.models import Ask, Wave
from sabai.desk.audit.actions import write
from sabai.desk.people.models import User


@transaction.atomic
def stop(wave: Wave, by: User) -> int:
    """Nothing more of it is sent, reminders neither; how many mails were not sent yet."""
    if wave.stopped_at is None:
        wave.stopped_at = timezone.now()
        wave.save(update_fields=["stopped_at"])
        asks = Ask.of(wave.workspace).filter(wave=wave)
        asks.filter(reminded_at=None).exclude(remind_after=None).update(remind_after=None)
        unsent = asks.filter(state="planned").update(state="stopped", problem="stopped")
        write(wave.workspace, by, "change", "wave", wave.pk, {"stopped": False}, {"stopped": True, "unsent": unsent})
        return unsent
    return 0


@transaction.atomic
def decide(wave: Wave, again: bool, by: User) -> int:
    """Has the unsure mails of a wave sent again, or takes them for sent; how many.."""
    now = timezone.now()
    unsure = Ask.of(wave.workspace).filter(wave=wave, state="unsure")
    settled = unsure.update(state="planned", send_after=now) if again else unsure.update(state="sent", sent_at=now)
    if settled:
        write(wave.workspace, by, "change", "wave", wave.pk, {"unsure": settled}, {"sent again": again})
    return settled
