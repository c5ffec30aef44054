"""Keeping what somebody answered, however little of it, however often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import IntegrityError, transaction

from sabai.desk.asking.models import Ask
from sabai.desk.responses.actions.afterwards import afterwards
from sabai.desk.responses.counting import counts
from sabai.desk.responses.given import Answer, NotFitting, Told, fitting, merged, missing
from sabai.desk.responses.models import Response
from sabai.desk.responses.mood import mood
from sabai.desk.scoring.models import Account, Contact
from sabai.desk.surveys.form import Form
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import form_of, published


class Known(TypedDict, total=False):
    """What may be known of an answer: whose it is, whether it was sent off, by which browser, what makes us doubt."""

    account: Account | None
    contact: Contact | None
    complete: bool
    visit: str
    suspicion: str


@dataclass(frozen=True, slots=True)
class _Coming:
    """One answer that comes."""

    asked: Ask | Survey
    channel: str
    at: datetime
    language: str
    account: Account | None = None
    contact: Contact | None = None
    complete: bool = False
    visit: str = ""
    suspicion: str = ""

    @property
    def ask(self) -> Ask | None:
        return self.asked if isinstance(self.asked, Ask) else None

    @property
    def survey(self) -> Survey:
        return self.asked.survey if isinstance(self.asked, Ask) else self.asked

    @property
    def late(self) -> bool:
        ended = (self.survey.closed_at, self.ask.closes_at if self.ask else None)
        return any(each is not None and self.at > each for each in ended)


def answer(
    asked: Ask | Survey,
    given: Told,
    *,
    channel: str,
    at: datetime,
    language: str,
    key: str,
    **known: Unpack[Known],
) -> Response:
    """Merges what was given with what is there under `key`; NotFitting where it is no answer to what was asked.

    What comes after the close, or from another browser (`visit`) than that which completed the answer, is kept apart
    from an answer that stands, and doubted. What a machine may have given is forgotten once a person answers.
    """
    coming = _Coming(asked, channel, at, language, **known)
    try:
        with transaction.atomic():
            return _kept(coming, given, key)
    except IntegrityError:  # the same came twice at once: now it is there
        with transaction.atomic():
            return _kept(coming, given, key)


def _kept(coming: _Coming, given: Told, key: str) -> Response:
    response = _found(coming, key) or _begun(coming, key)
    if response.pk and response.beside_id is None and (why := _apart(coming, response)) is not None:
        kept_apart = f"{key[:60]}-{why}-{coming.visit or coming.channel}"
        response = _found(coming, kept_apart) or _begun(coming, kept_apart, beside=response, suspicion=why)
    form = form_of(response.version)
    good, wrong = fitting(form, given)
    if wrong:
        raise NotFitting(wrong)
    if coming.suspicion and response.pk and response.suspicion != coming.suspicion:
        return response  # a machine that follows the link of whoever answered
    new = response.pk is None
    if response.suspicion == "machine" and not coming.suspicion:
        response.suspicion, response.given, new = "", {}, True
        response.state = "late" if coming.late else "partial"
    if _is_changed(response, form, good, coming) or new:
        _settled(response, coming)
    elif coming.visit and not coming.suspicion and response.visit != coming.visit:
        response.visit = coming.visit  # the same answer goes on in another browser
        response.save(update_fields=["visit"])
    return response


def _found(coming: _Coming, key: str) -> Response | None:
    rows = Response.of(coming.survey.workspace).select_for_update(of=("self",)).filter(key=key, survey=coming.survey)
    found: Response | None = rows.select_related("version", "workspace").first()
    return found


def _begun(coming: _Coming, key: str, beside: Response | None = None, suspicion: str = "") -> Response:
    """A new one, which is not in the database yet."""
    ask, survey, other = coming.ask, coming.survey, suspicion == "forwarded"
    return Response(
        workspace=survey.workspace,
        survey=survey,
        version=beside.version if beside else ask.version if ask else published(survey),
        ask=None if beside else ask,
        account=coming.account or (ask.account if ask else None),
        contact=None if other else coming.contact or (ask.contact if ask else None),
        channel=coming.channel,
        state="late" if coming.late else "partial",
        suspicion=suspicion or coming.suspicion,
        key=key,
        visit=coming.visit,
        beside=beside,
        asked_at=min(coming.at, (ask.sent_at or ask.send_after) if ask else coming.at),
    )


def _apart(coming: _Coming, response: Response) -> str | None:
    """Why this is not the same answer going on; "" where it only comes after the close."""
    if coming.suspicion or response.suspicion == "machine":
        return None
    if response.state == "complete" and response.visit and coming.visit != response.visit:
        return "forwarded" if coming.visit else "again"
    return "" if coming.late and response.state != "late" else None


def merge(response: Response, form: Form, good: Mapping[str, Answer | None]) -> None:
    """Puts these among its answers, and what is read off them beside."""
    response.given = merged(form, response.given, good)
    first = response.given.get(form.first.key)
    response.score = first if isinstance(first, int) else None
    response.mood = mood(form.first.kind, response.score)
    texts = (response.given.get(each.key) for each in form.questions if each.kind == "text")
    response.comment = next((str(text) for text in texts if text), "")


def _is_changed(response: Response, form: Form, good: Mapping[str, Answer | None], coming: _Coming) -> bool:
    """Merges; whether anything is other than it was."""
    before = (response.given, response.state)
    merge(response, form, good)
    if coming.complete and response.state == "partial" and not any(missing(form, response.given)):
        response.state = "complete"
    return before != (response.given, response.state)


def _settled(response: Response, coming: _Coming) -> None:
    if not coming.suspicion:
        response.visit = coming.visit or response.visit
        _opened(coming)
    if not response.counted:
        response.answered_at = coming.at
    response.language, response.changed_at = coming.language or response.language, coming.at
    response.counted = counts(response)
    response.save()
    afterwards(response)


def _opened(coming: _Coming) -> None:
    """Somebody answers, so somebody has seen the page."""
    if coming.ask and coming.ask.opened_at is None:
        coming.ask.opened_at = coming.at
        Ask.of(coming.survey.workspace).filter(pk=coming.ask.pk, opened_at=None).update(opened_at=coming.at)
