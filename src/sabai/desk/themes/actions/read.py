"""Keeping what was read of texts, many at once; what a person said of a text stands as long as the text does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from sabai.desk.people.models import Workspace
from sabai.desk.themes.models import Mention, Reading

if TYPE_CHECKING:
    from sabai.desk.scoring.texts import Text
    from sabai.desk.themes.reading import Read

AT_ONCE = 500
LONGEST = 20_000
OF_THE_TEXT = (
    "digest", "account", "contact_id", "at", "text", "request", "score", "scale_max",
    "language", "sentiment", "chance", "themes", "read_at",
    "sentiment_by_person", "themes_by_person", "corrected_by", "corrected_at",
)  # fmt: skip


def digest(text: str) -> str:
    """The same for the same words, however they are spaced."""
    return blake2b(" ".join(text.split()).encode(errors="replace"), digest_size=16).hexdigest()


def unread(workspace: Workspace, texts: Iterable[Text]) -> list[Text]:
    """Those that are new or are not the ones that were read."""
    rows = Reading.of(workspace).values_list("kind", "key", "digest")
    known = {(kind, key): read for kind, key, read in rows.iterator()}
    return [each for each in texts if known.get((each.kind, each.key)) != digest(each.text)]


@transaction.atomic
def keep(workspace: Workspace, read: Sequence[tuple[Text, Read]], accounts: Mapping[str, int]) -> None:
    """New texts, and changed ones, of which nothing that was said of the old stands. `accounts`: id -> primary key."""
    rows = [_row(workspace, text, found, accounts.get(text.account_id)) for text, found in read]
    kept = Reading.everywhere.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["workspace", "kind", "key"],
        update_fields=list(OF_THE_TEXT),
    )
    mention(workspace, kept)


@transaction.atomic
def keep_anew(workspace: Workspace, read: Mapping[int, Read]) -> int:
    """What was read once more; how many changed. What a person has said meanwhile is theirs."""
    changed = []
    for row in Reading.of(workspace).filter(pk__in=read).defer("text"):
        found = read[row.pk]
        before = (row.sentiment, row.themes, row.chance)
        if not row.sentiment_by_person:
            row.sentiment, row.chance = found.sentiment, found.chance
        if not row.themes_by_person:
            row.themes = list(found.themes)
        if (row.sentiment, row.themes, row.chance) != before:
            changed.append(row)
        row.read_at = timezone.now()
    Reading.everywhere.bulk_update(changed, ["sentiment", "chance", "themes", "read_at"], batch_size=AT_ONCE)
    mention(workspace, changed)
    return len(changed)


def mention(workspace: Workspace, rows: Sequence[Reading]) -> None:
    """Writes down of which themes these readings speak, as they stand."""
    Mention.of(workspace).filter(reading__in=[row.pk for row in rows]).delete()
    Mention.everywhere.bulk_create(
        [
            Mention(
                workspace=workspace, reading=row, theme=theme, at=row.at, kind=row.kind, sentiment=row.sentiment,
                account_id=row.account_id,
            )
            for row in rows
            for theme in row.themes
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip


def forget(workspace: Workspace, kind: str, key: str) -> None:
    """Of what says nothing any more."""
    Reading.of(workspace).filter(kind=kind, key=key).delete()


def _row(workspace: Workspace, text: Text, found: Read, account: int | None) -> Reading:
    return Reading(
        workspace=workspace, kind=text.kind, key=text.key, digest=digest(text.text), account_id=account,
        contact_id=text.contact_id[:200], at=text.at, text=text.text[:LONGEST], request=text.request[:300],
        score=text.score, scale_max=text.scale_max, language=(found.language or text.language)[:20],
        sentiment=found.sentiment, chance=found.chance, themes=list(found.themes),
    )  # fmt: skip
