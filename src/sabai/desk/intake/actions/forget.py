"""Letting go of what came, once it lies in the store."""

from __future__ import annotations

from datetime import datetime

from sabai.desk.intake.models import Answered, Batch, Quarantined, Refused


def forget_older_than(time: datetime) -> None:
    """Removes landed batches, refusals, conflicts and answers from before; what has not landed stays, however old."""
    Batch.everywhere.filter(landed_at__lt=time).delete()
    Refused.everywhere.filter(at__lt=time).delete()
    Quarantined.everywhere.filter(at__lt=time).delete()
    Answered.everywhere.filter(at__lt=time).delete()
