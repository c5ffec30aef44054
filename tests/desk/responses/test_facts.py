"""Answers become facts: at once, again when they change, and not where they do not count."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from sabai.desk.asking.models import Ask
from sabai.desk.people.models import Workspace
from sabai.desk.responses.actions.answer import answer
from sabai.desk.responses.facts import are_waiting, landed, put_aside
from sabai.desk.responses.models import Response
from sabai.desk.scoring.company import Company
from sabai.desk.surveys.models import Survey


def test_first_answer_goes_at_once_and_a_change_again(ask: Ask, workspace: Workspace) -> None:
    said(ask, {"score": 2})
    assert are_waiting(workspace)
    went = put_aside(workspace)
    (row,) = rows(workspace)
    assert (row["score"], row["kind"], row["scale_min"], row["scale_max"]) == (2, "nps", 0, 10)
    assert (row["account_id"], row["contact_id"], row["survey"], row["comment"]) == ("A-1", "c-1", "Quarterly", None)
    landed(workspace, went)
    assert not are_waiting(workspace)
    said(ask, {"why": "Slow"})
    assert are_waiting(workspace)
    landed(workspace, put_aside(workspace))
    first, second = sorted(rows(workspace), key=lambda each: each["updated_at"])
    assert first["response_id"] == second["response_id"] == f"desk-ask-{ask.pk}"
    assert (first["answered_at"], second["comment"]) == (second["answered_at"], "Slow")
    assert first["updated_at"] < second["updated_at"]


def test_change_while_it_lands_waits_on(ask: Ask, workspace: Workspace) -> None:
    said(ask, {"score": 2})
    went = put_aside(workspace)
    said(ask, {"score": 3})
    landed(workspace, went)
    assert are_waiting(workspace)


def test_what_does_not_count_stays(ask: Ask, survey: Survey, workspace: Workspace) -> None:
    answer(
        ask, {"score": 2}, channel="mail", at=timezone.now(), language="en", key=f"ask-{ask.pk}", suspicion="machine"
    )
    answer(survey, {"score": 2}, channel="qr", at=timezone.now(), language="en", key="nobody")
    Ask.everywhere.update(closes_at=timezone.now() - timedelta(days=1))
    ask.refresh_from_db()
    assert not are_waiting(workspace)
    late = answer(ask, {"score": 9}, channel="mail", at=timezone.now(), language="en", key=f"ask-{ask.pk}")
    assert (late.state, late.suspicion) == ("late", "")
    assert not are_waiting(workspace)


@pytest.mark.parametrize(
    ("kind", "question", "told"),
    [
        ("exit", "nps", "exit"),
        ("ces", "ces7", "ces"),
        ("ces", "ces5", "ces"),
        ("onboarding", "csat", "csat"),
        ("custom", "rating", "custom"),
    ],
)
def test_kinds(ask: Ask, survey: Survey, workspace: Workspace, kind: str, question: str, told: str) -> None:
    Survey.everywhere.update(kind=kind)
    version = survey.versions.get()
    version.form = {"questions": [{"key": "score", "kind": question, "texts": {"en": "?"}}]}
    version.save()
    said(Ask.everywhere.get(), {"score": 3})
    put_aside(workspace)
    (row,) = rows(workspace)
    assert (row["kind"], row["scale_max"]) == (told, {"nps": 10, "ces7": 7}.get(question, 5))


def said(ask: Ask, given: dict[str, Any]) -> Response:
    ask = Ask.everywhere.select_related("survey", "version", "workspace", "account", "contact").get(pk=ask.pk)
    return answer(ask, given, channel="mail", at=timezone.now(), language="en", key=f"ask-{ask.pk}", visit="v" * 22)


def rows(workspace: Workspace) -> list[dict[str, Any]]:
    """What lies there to be landed, which is taken away for the next test."""
    folder = Company.of(workspace).incoming / "responses" / "desk"
    return [json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_text().splitlines()]


@pytest.fixture(autouse=True)
def _empty_tray(workspace: Workspace) -> None:
    for file in (Company.of(workspace).incoming / "responses" / "desk").glob("*.jsonl"):
        file.unlink()
