"""Sending what is due, at the pace of the mail server, nobody twice.

A mail is `sending` in the database before the server is spoken to, and `sent` after it took it. What is `sending` while
nobody sends was left by a process that died: it is `unsure`, and only a person may have it sent again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from email.mime.image import MIMEImage
from typing import Any

from django.db import transaction
from django.utils import timezone

from sabai.desk.asking.actions.suppress import suppress
from sabai.desk.asking.claims import Errand, claimed, tidied
from sabai.desk.asking.message import message, picture_of
from sabai.desk.asking.models import Ask
from sabai.desk.asking.post import Down, Outcome, Post, post
from sabai.desk.people.models import Workspace
from sabai.desk.surveys.form import Form
from sabai.desk.surveys.models import Survey
from sabai.desk.surveys.queries import form_of

WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720, 1_440))
"""After each time that a server would not take a mail now; after the last of them it has failed."""
Done = tuple[Errand, Outcome]


def send_due(workspace: Workspace, until: datetime) -> int:
    """How many mails left; ends when nothing is due, when no server takes any, or at `until`.

    Whoever calls is the only one who sends for this workspace.
    """
    with transaction.atomic():
        tidied(workspace, timezone.now())
    try:
        with post() as server:
            return _Round(workspace, server).go(until)
    except Down:
        return 0


class _Round:
    """What is the same for many mails is made once."""

    def __init__(self, workspace: Workspace, server: Post) -> None:
        self.workspace, self.server = workspace, server
        self.forms: dict[int, Form] = {}
        self.pictures: dict[int, MIMEImage | None] = {}

    def go(self, until: datetime) -> int:
        done, sent = list[Done](), 0
        while errands := self._turn(done, until):
            done = self._handed_over(errands)
            sent += sum(outcome.became == "sent" for _, outcome in done)
        return sent

    @transaction.atomic
    def _turn(self, done: list[Done], until: datetime) -> list[Errand]:
        """Writes down what became of the last mails and takes the next ones, in one transaction."""
        now = timezone.now()
        settle(self.workspace, done, now)
        if now >= until or any(outcome.became == "down" for _, outcome in done):
            return []
        return claimed(self.workspace, now)

    def _handed_over(self, errands: list[Errand]) -> list[Done]:
        done = list[Done]()
        try:
            for errand in errands:
                done.append((errand, self._hand_over(errand)))
        except Down as down:
            done += [(errand, Outcome("down", str(down))) for errand in errands[len(done) :]]
        return done

    def _hand_over(self, errand: Errand) -> Outcome:
        ask = errand.ask
        if ask.version_id not in self.forms:
            self.forms[ask.version_id] = form_of(ask.version)
        mail = message(ask, self.forms[ask.version_id], self._picture(ask.survey), reminder=errand.reminder)
        return self.server.hand_over(mail)

    def _picture(self, survey: Survey) -> MIMEImage | None:
        if survey.pk not in self.pictures:
            self.pictures[survey.pk] = picture_of(survey)
        return self.pictures[survey.pk]


def settle(workspace: Workspace, done: Iterable[Done], now: datetime) -> None:
    """Writes down what became of mails that were ours."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    for errand, outcome in done:
        after = _after_reminder(outcome, now) if errand.reminder else _after(errand.ask, outcome, now)
        alike.setdefault(tuple(after.items()), []).append(errand.ask.pk)
    for told, asks in alike.items():
        Ask.everywhere.filter(pk__in=asks).update(**dict(told))
    for errand, outcome in done:
        if outcome.became == "bounced":
            suppress(workspace, errand.ask.person, "bounced")


def _after(ask: Ask, outcome: Outcome, now: datetime) -> dict[str, Any]:
    survey, told = ask.survey, {"problem": outcome.why}
    match outcome.became:
        case "sent":
            days, closes_at = survey.remind_after_days, now + timedelta(days=survey.open_days)
            reminds = {"remind_after": now + timedelta(days=days) if days else None}
            return told | reminds | {"state": "sent", "sent_at": now, "closes_at": closes_at}
        case "later" if ask.tries < len(WAITS):
            return told | {"state": "planned", "tries": ask.tries + 1, "send_after": now + WAITS[ask.tries]}
        case "down":
            return told | {"state": "planned"}
        case "unsure":
            return told | {"state": "unsure"}
    return told | {"state": "failed"}


def _after_reminder(outcome: Outcome, now: datetime) -> dict[str, Any]:
    """What was not taken is tried a day later, or soon where no server was there; what may have been is not."""
    if outcome.became in {"later", "down"}:
        wait = timedelta(days=1) if outcome.became == "later" else timedelta()
        return {"reminded_at": None, "remind_after": now + wait}
    return {"problem": outcome.why}
