"""How much is kept, and since when."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from sabai.desk.keeping.backup import noted
from sabai.desk.keeping.models import Request
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.scoring.company import Company

TAKEN_WITHIN = timedelta(hours=24)
SHOWN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Kept:
    """Sizes are bytes; `backed_up_at` None: never, or by other means than ours."""

    database: int
    store: int
    results: int
    uploads: int
    free: int
    backed_up_at: datetime | None


def kept(workspace: Workspace) -> Kept:
    """The database is that of all workspaces, the rest is this one's; uploads are everybody's."""
    company, data = Company.of(workspace), Path(settings.DATA)
    disk = os.statvfs(data)
    return Kept(
        database=_database(),
        store=_size(company.store),
        results=_size(company.out),
        uploads=_size(data / "uploads"),
        free=disk.f_bavail * disk.f_frsize,
        backed_up_at=noted(data),
    )


def asked(member: Membership) -> QuerySet[Request]:
    """Erasures of everybody, exports of one's own: nobody else can take those away."""
    since = timezone.now() - SHOWN
    return Request.of(member.workspace).filter(Q(what="erase") | Q(by=member.user), asked_at__gte=since)


def takeable(request: Request) -> bool:
    """Whether its file is there to be taken away."""
    return bool(request.file and request.ended_at and timezone.now() - request.ended_at < TAKEN_WITHIN)


def exports() -> Path:
    """Where the files of exports wait to be taken away."""
    return Path(settings.DATA) / "exports"


def _database() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def _size(folder: Path) -> int:
    return sum(_sizes(folder))


def _sizes(folder: Path) -> Iterator[int]:
    """Of all files below; what goes while we look is not there."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    yield from _sizes(Path(entry.path))
                else:
                    yield entry.stat(follow_symlinks=False).st_size
    except FileNotFoundError:
        return
