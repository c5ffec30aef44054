"""Files that people bring: kept, looked into by a job, and landed as the person says."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from sabai.definitions.adding import with_source
from sabai.definitions.starter import starter
from sabai.desk.audit.actions import write
from sabai.desk.drafts.actions.change import begin
from sabai.desk.drafts.checked import FILE, checked
from sabai.desk.drafts.models import Draft
from sabai.desk.drafts.queries import published
from sabai.desk.intake.files.repeat import Columns, as_source, name_of
from sabai.desk.intake.models import Source, Upload
from sabai.desk.people.models import Membership, User, Workspace
from sabai.desk.scoring.sources import DESK

UPLOADS = "uploads"
"""The source of files that no source of the definitions reads."""


@transaction.atomic
def bring(workspace: Workspace, user: User, file: UploadedFile[Any]) -> Upload:
    """Keeps the file; nothing of it counts yet."""
    name = (file.name or "file").replace("\0", "")[-200:]
    upload = Upload.everywhere.create(workspace=workspace, name=name, file=file, by=user)
    write(workspace, user, "create", "upload", upload.pk, None, {"name": name, "bytes": file.size})
    return upload


@transaction.atomic
def confirm(upload: Upload, user: User, table: str, columns: Columns) -> None:
    """What the columns of the file are, as a person says: {our column: {"from": theirs, "dates": "dmy"}}."""
    before = {"table": upload.table, "columns": upload.columns}
    upload.table, upload.columns, upload.state = table, dict(columns), "landing"
    upload.save(update_fields=["table", "columns", "source", "state"])
    write(upload.workspace, user, "change", "upload", upload.pk, before, {"table": table, "columns": upload.columns})


@transaction.atomic
def confirm_for_good(upload: Upload, member: Membership, table: str, columns: Columns) -> Draft:
    """The same, and a draft of the definitions in which files of that name are a source, whose facts these are."""
    version = published(member.workspace)
    text = version.text if version else starter(member.workspace.name)
    definitions = checked(text).definitions
    taken = {DESK, UPLOADS, *(definitions.sources if definitions else ())}
    taken |= set(Source.of(member.workspace).values_list("name", flat=True))
    upload.source = name_of(upload, table, taken)
    confirm(upload, member.user, table, columns)
    return begin(member, with_source(text, FILE, as_source(upload, upload.source, table, columns)))
