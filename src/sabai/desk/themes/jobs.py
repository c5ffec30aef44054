"""What goes on by itself: reading what people wrote, reading it anew when more is known, finding new themes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from django.db.models import Count, Max
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from sabai.desk.keeping.former import forgotten
from sabai.desk.people.models import Workspace
from sabai.desk.responses.facts import id_of
from sabai.desk.responses.models import Response
from sabai.desk.scoring import door
from sabai.desk.scoring.alone import alone, while_there_is
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.models import Account
from sabai.desk.surveys.form import SCALES
from sabai.desk.surveys.queries import form_of
from sabai.desk.themes.actions.read import AT_ONCE, forget, keep, keep_anew, unread
from sabai.desk.themes.actions.suggest import suggest
from sabai.desk.themes.actions.write_down import answered, sending
from sabai.desk.themes.models import Reader, Reading, Written
from sabai.desk.themes.queries import meaning_of, place_of, reader_of, taxonomy_of
from sabai.desk.themes.speaking import Model, Silent
from sabai.desk.themes.writing import taken, task_of, texts_of
from sabai.errors import SabaiError

if TYPE_CHECKING:
    from sabai.desk.scoring.texts import Text
    from sabai.desk.themes.reading import Mind

log = logging.getLogger(__name__)
READ_DAYS = 730  # older texts say nothing of today
SUGGESTED_DAYS = 365


@db_task()
def read_response(response_id: int) -> None:
    """Reads a comment as soon as it came; asked for when an answer was kept or has changed."""
    from sabai.desk.themes.actions.read import digest

    rows = Response.everywhere.select_related("workspace", "version", "account", "contact")
    response = rows.filter(pk=response_id).first()
    if response is None:
        return  # they were erased
    workspace, text = response.workspace, _text(response)
    if not text.text.strip():
        forget(workspace, text.kind, text.key)
    elif not Reading.of(workspace).filter(kind=text.kind, key=text.key, digest=digest(text.text)).exists():
        known = {response.account.account_id: response.account.pk} if response.account else {}
        keep(workspace, [(text, _mind(workspace).read([text.text])[0])], known)


@db_task()
def read_texts(workspace_id: int) -> None:
    """Reads whatever landed since the last time, in comments of files, tickets, notes and words of farewell."""
    workspace = Workspace.objects.get(pk=workspace_id)
    if Company.of(workspace).store.exists():
        while_there_is(partial(_has_landed, workspace), place_of(workspace), partial(_read, workspace))


@db_task()
def read_anew(workspace_id: int) -> None:
    """Reads everything once more where themes, corrections or answers teach something that they did not before."""
    from sabai.desk.themes.reading import taught

    workspace = Workspace.objects.get(pk=workspace_id)
    reader, now = reader_of(workspace), taught(workspace)
    if reader.taught == now:
        return
    with alone(place_of(workspace)) as ours:
        if ours:
            mind = _mind(workspace)
            for some in _parts(workspace):
                found = mind.read([text for _, text in some])
                keep_anew(workspace, {pk: read for (pk, _), read in zip(some, found, strict=True)})
            Reader.of(workspace).filter(pk=reader.pk).update(taught=now)


@db_task()
def suggest_themes(workspace_id: int) -> None:
    """Groups what no theme fits, for a person to give it a name."""
    from sabai.text.themes import suggested

    workspace = Workspace.objects.get(pk=workspace_id)
    since = timezone.now() - timedelta(days=SUGGESTED_DAYS)
    rows = Reading.of(workspace).filter(at__gte=since).order_by("-at", "pk")
    keys, texts, themes = [], [], []
    for kind, key, text, about, by_person in rows.values_list(
        "kind", "key", "text", "themes", "themes_by_person"
    ).iterator():
        keys.append((kind, key))
        texts.append(text)
        themes.append(about or (["nothing"] if by_person else []))  # who says "none of them" has looked
    found = suggested(texts, themes, taxonomy_of(workspace))
    suggest(workspace, [(each.terms, [keys[at] for at in _different_first(each.texts, texts)]) for each in found])


@db_task()
def write_down(written_id: int) -> None:
    """Has the language model write what somebody wished for, where the workspace still allows it."""
    row = Written.everywhere.select_related("workspace", "asked_by").filter(pk=written_id, answered_at=None).first()
    model = Model.set_up()
    if row is None or model is None or not reader_of(row.workspace).language_model:
        return
    texts = texts_of(row)
    if not texts:
        answered(row, "", "There is nothing to send.")
        return
    sending(row, len(texts), model)
    try:
        answered(row, taken(model.ask(task_of(row), "\n".join(texts))))
    except Silent as silent:
        answered(row, "", str(silent))


@db_periodic_task(crontab(minute="*/5"))
def read_all() -> None:
    for workspace in Workspace.objects.all():
        read_texts(workspace.pk)


@db_periodic_task(crontab(hour="3", minute="20"))
def read_all_anew() -> None:
    """Every night."""
    for workspace in Workspace.objects.all():
        read_anew(workspace.pk)


@db_periodic_task(crontab(day_of_week="1", hour="4", minute="10"))
def suggest_all() -> None:
    """Every week."""
    for workspace in Workspace.objects.all():
        suggest_themes(workspace.pk)


def _has_landed(workspace: Workspace) -> bool:
    return door.landings(workspace) > reader_of(workspace).landing


def _read(workspace: Workspace) -> None:
    number = door.landings(workspace)
    since = workspace.today() - timedelta(days=READ_DAYS)
    try:
        gone = forgotten(workspace, timezone.now())
        kept = (each for each in door.texts(workspace, since) if not gone(each.account_id, each.at))
        waiting = unread(workspace, kept)
    except SabaiError as error:
        log.warning("texts could not be read: %s", error.issues[0].code)
        waiting = []
    if waiting:
        accounts = dict(Account.of(workspace).values_list("account_id", "pk"))
        mind = _mind(workspace)
        for at in range(0, len(waiting), AT_ONCE):
            some = waiting[at : at + AT_ONCE]
            keep(workspace, list(zip(some, mind.read([each.text for each in some]), strict=True)), accounts)
    Reader.of(workspace).update(landing=number)


def _parts(workspace: Workspace) -> Iterator[Sequence[tuple[int, str]]]:
    """All that is read, some at a time, the newest first."""
    since = timezone.now() - timedelta(days=READ_DAYS)
    both = {"sentiment_by_person": True, "themes_by_person": True}
    keys = list(
        Reading.of(workspace).filter(at__gte=since).exclude(**both).order_by("-at").values_list("pk", flat=True)
    )
    for at in range(0, len(keys), AT_ONCE):
        yield list(Reading.of(workspace).filter(pk__in=keys[at : at + AT_ONCE]).values_list("pk", "text"))


def _different_first(places: Sequence[int], texts: Sequence[str]) -> list[int]:
    """Those that say the same as one before them come last.

    >>> _different_first([4, 2, 0], ["a", "", "b", "", "b"])
    [4, 0, 2]
    """
    first = {texts[at]: at for at in reversed(places)}
    return [at for at in places if first[texts[at]] == at] + [at for at in places if first[texts[at]] != at]


def _mind(workspace: Workspace) -> Mind:
    """Learned once a day, and whenever somebody set something right or published other themes."""
    said = Reading.of(workspace).exclude(corrected_at=None)
    newest = said.aggregate(Count("pk"), Max("corrected_at"))
    return _learned(workspace.pk, meaning_of(taxonomy_of(workspace)), *newest.values(), workspace.today())


@lru_cache(maxsize=8)
def _learned(workspace_id: int, *_by: object) -> Mind:
    from sabai.desk.themes.reading import mind_of

    return mind_of(Workspace.objects.get(pk=workspace_id))


def _text(response: Response) -> Text:
    """The comment as the facts will have it."""
    from sabai.desk.scoring.texts import Text

    scale = SCALES.get(form_of(response.version).first.kind)
    return Text(
        kind="response",
        key=id_of(response),
        account_id=response.account.account_id if response.account else "",
        contact_id=response.contact.contact_id if response.contact else "",
        at=response.answered_at,
        text=response.comment if response.counted else "",
        score=response.score if scale else None,
        scale_max=scale[1] if scale else None,
        language=response.language,
        request="",
    )
