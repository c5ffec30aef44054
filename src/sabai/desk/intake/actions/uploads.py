"""Files that people bring: kept, looked into by a job, and landed as the person says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from sabai.desk.audit.actions import write
from sabai.desk.intake.models import Upload
from sabai.desk.people.models import User, Workspace


@transaction.atomic
def bring(workspace: Workspace, user: User, file: UploadedFile[Any]) -> Upload:
    """Keeps the file; nothing of it counts yet."""
    name = (file.name or "file").replace("\0", "")[-200:]
    upload = Upload.everywhere.create(workspace=workspace, name=name, file=file, by=user)
    write(workspace, user, "create", "upload", upload.pk, None, {"name": name, "bytes": file.size})
    return upload


@transaction.atomic
def confirm(upload: Upload, user: User, table: str, columns: Mapping[str, Any]) -> None:
    """What the columns of the file are, as a person says: {our column: {"from": theirs, "dates": "dmy"}}."""
    before = {"table": upload.table, "columns": upload.columns}
    upload.table, upload.columns, upload.state = table, dict(columns), "landing"
    upload.save(update_fields=["table", "columns", "state"])
    write(upload.workspace, user, "change", "upload", upload.pk, before, {"table": table, "columns": upload.columns})
