"""What the demo company has replied so far: to most of those who were promised a reply, mostly in time."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from django.db import transaction

from sabai.desk.people.models import Membership
from sabai.desk.replies.models import Reply
from sabai.desk.tasks.models import Task

SEED = 7
REPLIED = 0.9  # of the promises that fell due


@transaction.atomic
def seed_replies(admin: Membership) -> int:
    """Replies to those whose day has come, and closes their tasks; how many. Where any was replied to, nothing."""
    workspace = admin.workspace
    if Reply.of(workspace).exclude(replied_at=None).exists():
        return 0
    rng, kept = np.random.default_rng(SEED), 0
    due = Reply.of(workspace).filter(due_on__lte=workspace.today()).select_related("response", "task__assigned")
    for reply in due.order_by("pk"):
        at = reply.response.answered_at + timedelta(hours=float(rng.gamma(2, 14)))
        if rng.random() > REPLIED or at > reply.promised_at:
            continue
        by, kept = reply.task.assigned if reply.task else None, kept + 1
        Reply.of(workspace).filter(pk=reply.pk).update(replied_at=at, replied_by=by)
        if reply.task:
            Task.of(workspace).filter(pk=reply.task.pk).update(done_at=at, done_by=by, outcome="reached")
    return kept
