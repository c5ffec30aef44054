"""What is asked of the language model, and what it wrote. Every sending is in the audit trail, without its content."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from sabai.desk.audit.actions import write
from sabai.desk.people.models import Membership
from sabai.desk.themes.models import Reader, Written
from sabai.desk.themes.queries import reader_of
from sabai.desk.themes.speaking import Model


@transaction.atomic
def switch(member: Membership, on: bool) -> None:
    """Whether the language model may be asked at all about texts of this workspace."""
    reader = reader_of(member.workspace)
    if reader.language_model != on:
        Reader.of(member.workspace).filter(pk=reader.pk).update(language_model=on)
        told = {"language_model": on}
        write(member.workspace, member.user, "change", "language model", "switch", {"language_model": not on}, told)


def may_be_asked(member: Membership) -> bool:
    """Whether it is set up, and this workspace has switched it on."""
    return Model.set_up() is not None and reader_of(member.workspace).language_model


@transaction.atomic
def wish(member: Membership, about: str, language: str) -> Written | None:
    """Notes that somebody wants it to write; None where it may not be asked."""
    if not may_be_asked(member):
        return None
    row, _ = Written.everywhere.update_or_create(
        workspace=member.workspace,
        about=about,
        language=language,
        defaults={"asked_by": member.user, "asked_at": timezone.now(), "answered_at": None, "problem": "", "text": ""},
    )
    return row


@transaction.atomic
def sending(row: Written, texts: int, model: Model) -> None:
    """Before anything leaves."""
    Written.of(row.workspace).filter(pk=row.pk).update(texts=texts)
    told = {"texts": texts, "language": row.language, "model": model.name}
    write(row.workspace, row.asked_by, "send", "language model", row.about, None, told)


def answered(row: Written, text: str, problem: str = "") -> None:
    done = {"text": text, "problem": problem, "answered_at": timezone.now()}
    Written.of(row.workspace).filter(pk=row.pk).update(**done)
