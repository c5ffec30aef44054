"""What a job writes down of its own work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from sabai.desk.people.models import Workspace
from sabai.desk.scoring.models import Account, Scoring
from sabai.errors import SabaiError

if TYPE_CHECKING:
    from sabai.desk.scoring.door import Scored

UPDATE = (
    f"UPDATE {Account._meta.db_table} SET live_score = %s, live_at = %s WHERE workspace_id = %s AND account_id = %s"
)


def begin(workspace: Workspace) -> Scoring:
    return Scoring.everywhere.create(workspace=workspace)


def end(scoring: Scoring, scored: Scored) -> None:
    scoring.ended_at, scoring.as_of, scoring.version = timezone.now(), scored.as_of, scored.version
    scoring.notices = [issue.as_dict() for issue in scored.notices]
    scoring.save()


def fail(scoring: Scoring, error: SabaiError) -> None:
    """What stood before still stands; the problem is said as `sabai score` says it."""
    scoring.ended_at, scoring.problem = timezone.now(), str(error)
    scoring.save()


def fail_again(workspace: Workspace, error: SabaiError) -> None:
    """The same for a landing, of which there may be one a second: what the last row says already is not said twice."""
    last = Scoring.of(workspace).order_by("-pk").first()
    fail(last if last and last.problem == str(error) else begin(workspace), error)


def refresh_live(workspace: Workspace, scores: Mapping[str, float | None]) -> None:
    """Provisional scores of some accounts; an account that no scoring has told of yet has to wait for one.

    One statement for all rows: `bulk_update` takes ten times as long, and there may be one a second.
    """
    at = Account._meta.get_field("live_at").get_db_prep_save(timezone.now(), connection)
    rows = [(score, at, workspace.pk, account) for account, score in sorted(scores.items())]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(UPDATE, rows)
