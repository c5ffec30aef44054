"""What came in and lies about as it came: batches, files on their way into the store, uploads, mails that left."""

from __future__ import annotations

import email
import email.policy
import json
import shutil
import zlib
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction

from sabai.desk.insight.queries import folder_of
from sabai.desk.intake.actions.receive import LEVEL, unpacked
from sabai.desk.intake.actions.settle import unsee
from sabai.desk.intake.files.open import Unreadable, rows_of
from sabai.desk.intake.models import Batch, Upload
from sabai.desk.intake.rows import checked_row, table_of
from sabai.desk.keeping.person.whom import Whom
from sabai.desk.people.models import Workspace
from sabai.desk.scoring.company import Company
from sabai.errors import Issue
from sabai.store.aside import aside

AT_ONCE = 50


def leave(workspace: Workspace, whom: Whom) -> Counter[str]:
    """Takes out whatever names them; how many of each kind. Whoever calls sees to it that nothing lands meanwhile."""
    gone: Counter[str] = Counter()
    batches = Batch.of(workspace).select_related("source")
    gone["messages"] += sum(_batch(batch, whom) for batch in batches.iterator(AT_ONCE))
    gone["uploads"] += sum(_upload(upload, whom) for upload in Upload.of(workspace))
    company = Company.of(workspace)
    for folder in (company.incoming, company.landing, company.folder / ".landing", company.folder / ".landed"):
        gone["lines"] += sum(_lines(path, whom) for path in sorted(folder.rglob("*.jsonl")))
    gone["mails"] += sum(_mail(path, whom) for path in sorted((Path(settings.DATA) / "mail").glob("*.log")))
    shutil.rmtree(company.folder / "exports", ignore_errors=True)  # of the demo; they landed long ago
    shutil.rmtree(folder_of(workspace), ignore_errors=True)  # sheets of insight, which a job makes anew
    return gone


@transaction.atomic
def _batch(batch: Batch, whom: Whom) -> int:
    """The batch without the items that name them, which are not known again: the store keeps them out."""
    kept = unpacked(bytes(batch.blob))
    items = [bytes(raw) for raw in kept.items]
    rest = [raw for raw in items if not whom.is_named(msgspec.json.decode(raw))]
    around = msgspec.json.decode(kept.context)
    if len(rest) == len(items) and not whom.is_named(around):
        return 0
    unsee(batch.source, [_digest(batch, raw) for raw in items if raw not in rest])
    if rest:
        context = msgspec.json.encode(whom.without(around))
        batch.blob = zlib.compress(b'{"context":' + context + b',"items":[' + b",".join(rest) + b"]}", LEVEL)
        batch.count = len(rest)
        batch.save(update_fields=["blob", "count"])
    else:
        batch.delete()
    return len(items) - len(rest)


def _digest(batch: Batch, raw: bytes) -> bytes:
    """As `intake` made it of the table and of what the item is known by."""
    if batch.table:
        known = checked_row(table_of(batch.table), 0, raw, batch.received_at).id
    else:
        known = str(msgspec.json.decode(raw).get("messageId", ""))
    return blake2b(f"{batch.table}\0{known}".encode(), digest_size=16).digest()


def _upload(upload: Upload, whom: Whom) -> int:
    """A file that names them goes as a whole: nobody could bring it back to its kind without them."""
    if not whom.is_named([upload.name, upload.looked, upload.problems]) and not _in_file(upload, whom):
        return 0
    if upload.file:
        upload.file.delete(save=False)
    upload.name, upload.looked, upload.columns = whom.without(upload.name), None, {}
    upload.problems = []
    if upload.state != "landed":
        upload.state, upload.problems = "failed", [_upload_gone().what]
    upload.save()
    return 1


def _in_file(upload: Upload, whom: Whom) -> bool:
    if not upload.file:
        return False
    try:
        with upload.file.open("rb") as file:
            return any(whom.is_named(row) for row in rows_of(upload.name, file))
    except (Unreadable, OSError):
        return True  # nobody can tell


def _upload_gone() -> Issue:
    return Issue("DSK-040", "The file is gone: it named somebody who was erased.", hint="Bring it without them.")


def _lines(path: Path, whom: Whom) -> int:
    with path.open(encoding="utf-8") as file:
        lines = list(file)
    rest = [line for line in lines if not whom.is_named(_read(line))]
    if len(rest) < len(lines):
        with aside(path) as unfinished:
            unfinished.write_text("".join(rest), encoding="utf-8")
    return len(lines) - len(rest)


def _read(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return line


def _mail(path: Path, whom: Whom) -> int:
    """Mails of a desk without a mail server are files."""
    if not whom.is_named(list(_said(path))):
        return 0
    path.unlink()
    return 1


def _said(path: Path) -> Iterator[str]:
    for told in path.read_bytes().split(b"-" * 79):
        mail = email.message_from_bytes(told.strip(), policy=email.policy.default)
        yield from map(str, mail.values())
        for part in mail.walk():
            if part.get_content_maintype() == "text":
                yield str(part.get_content())
