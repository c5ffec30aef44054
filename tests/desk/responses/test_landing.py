"""From a click to the store: an answer lands at once, changes as a newer version, and joins what was imported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import polars as pl
import pytest
from django.utils import timezone

from sabai.definitions.reader import read_definitions
from sabai.desk.asking.models import Ask
from sabai.desk.intake.files.look import bring_in
from sabai.desk.intake.models import Upload
from sabai.desk.people.models import Workspace
from sabai.desk.responses.actions.answer import answer
from sabai.desk.responses.models import Response
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.jobs import land_incoming
from sabai.desk.scoring.models import Account
from sabai.desk.surveys.models import Survey
from sabai.facts.stored.store import stored
from tests.desk.responses.conftest import ask_of
from tests.desk.scoring.conftest import company, made, scored

__all__ = ("company", "made", "scored")


@pytest.fixture
def ask(survey: Survey, company: Company, workspace: Workspace) -> Ask:
    """Somebody at a customer that the store knows."""
    accounts = stored(read_definitions(company.definitions), company.store).scan("accounts")
    account_id = accounts.select("account_id").sort("account_id").head(1).collect().item()
    account = Account.everywhere.create(workspace=workspace, account_id=account_id, name="Baan")
    contact = account.contacts.model.everywhere.create(
        workspace=workspace, account=account, contact_id="c-new", person="p-new", email="noi@example.com"
    )
    return ask_of(survey, contact)


def test_answer_lands_and_changes(
    ask: Ask, company: Company, workspace: Workspace, django_capture_on_commit_callbacks: Any
) -> None:
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        said(ask, {"score": 2}, now - timedelta(minutes=2))
    (row,) = landed_of(company, ask)
    assert (row["score"], row["comment"], row["kind"], row["superseded_day"]) == (2.0, None, "nps", None)
    with django_capture_on_commit_callbacks(execute=True):
        said(ask, {"why": "ถ้วยรั่ว"}, now - timedelta(minutes=1))
    newest = [row for row in landed_of(company, ask) if row["superseded_day"] is None]
    assert [(row["score"], row["comment"]) for row in newest] == [(2.0, "ถ้วยรั่ว")]
    response = Response.everywhere.get()
    assert response.put_at == response.changed_at


def test_past_answers_come_from_a_file(ask: Ask, company: Company, workspace: Workspace) -> None:
    """By the upload of every other table: nothing about answers is special."""
    from django.core.files.base import ContentFile

    lines = f"Id,Customer,Scale,Of,When,Score,Words\nold-1,{ask.account.account_id},nps,10,2025-03-01,9,สุดยอด\n"
    columns = {
        "response_id": "Id", "account_id": "Customer", "kind": "Scale", "scale_max": "Of", "answered_at": "When",
        "asked_at": "When", "score": "Score", "comment": "Words",
    }  # fmt: skip
    upload = Upload.everywhere.create(
        workspace=workspace, name="past.csv", table="responses", state="landing",
        columns={ours: {"from": theirs, "dates": "YYYY-MM-DD"} for ours, theirs in columns.items()},
    )  # fmt: skip
    upload.file.save("past.csv", ContentFile(lines.encode()))
    bring_in(upload)
    assert (upload.taken, upload.problems) == (1, [])
    land_incoming.call_local(workspace.pk)
    facts = stored(read_definitions(company.definitions), company.store).scan("responses")
    (row,) = facts.filter(pl.col("response_id") == "old-1").collect().to_dicts()
    assert (row["score"], row["comment"], row["account_id"]) == (9.0, "สุดยอด", ask.account.account_id)


def said(ask: Ask, given: dict[str, Any], at: Any) -> Response:
    return answer(ask, given, channel="mail", at=at, language="th", key=f"ask-{ask.pk}", visit="v" * 22)


def landed_of(company: Company, ask: Ask) -> list[dict[str, Any]]:
    """All versions of the answer in the store that say that somebody answered."""
    facts = stored(read_definitions(company.definitions), company.store).scan("responses")
    return (
        facts.filter(pl.col("response_id") == f"desk-ask-{ask.pk}", pl.col("answered_at").is_not_null())
        .collect()
        .to_dicts()
    )
