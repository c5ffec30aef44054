"""Every question is answered by a job and shown by a page; one that cannot be answered says so, alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sabai.desk.audit.models import Entry
from sabai.desk.insight import computing
from sabai.desk.insight.queries import INDEX, folder_of, health_over_time, main_of, sheets, tables_of
from sabai.desk.insight.questions import BY_NAME
from sabai.desk.insight.sheets import write_sheets
from sabai.desk.people.models import Membership
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.door import request_of
from sabai.desk.scoring.models import Count
from sabai.errors import FactsError, Issue
from sabai.language.catalogues import LANGUAGES
from sabai.report.money.retention import retention_page
from sabai.retention.kept import kept
from sabai.retention.span import Span

SignIn = Callable[[Membership], Client]
AT = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long on a large company is asked of few sheets only."""
    few = [BY_NAME[name] for name in ("retention", "revenue", "receivables")]
    monkeypatch.setattr("sabai.desk.insight.sheets.SHEETS", few)


@pytest.fixture
def answered(company: Company, aiko: Membership, quick: None) -> Membership:
    write_sheets(request_of(aiko.workspace), folder_of(aiko.workspace), AT)
    return aiko


def at(member: Membership, view: str, *more: object) -> str:
    return reverse(f"insight:{view}", args=[member.workspace.slug, *more])


def test_a_page_says_what_the_library_says(answered: Membership, sign_in: SignIn) -> None:
    request = request_of(answered.workspace)
    found = kept(request.facts(), request.definitions, Span(), request.out / "snapshots")
    from sabai.language.language import speak

    answer = retention_page(found, speak("en")).answer
    client = sign_in(answered)
    assert answer in client.get(at(answered, "insight")).content.decode()
    assert answer in client.get(at(answered, "sheet", "retention")).content.decode()


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_its_own(answered: Membership, code: str) -> None:
    (first, *_) = sheets(answered, code).answers
    assert first.answer
    assert f'<h1 class="asks">{first.title}</h1>' in main_of(answered.workspace, "retention", code)
    others = {sheets(answered, other).answers[0].answer for other in LANGUAGES if other != code}
    assert first.answer not in others


def test_one_that_cannot_be_computed_leaves_the_others(
    company: Company, aiko: Membership, quick: None, monkeypatch: pytest.MonkeyPatch, sign_in: SignIn
) -> None:
    def cannot(*_: Any) -> None:
        raise FactsError(Issue("FCT-999", "No invoices <here>."))

    monkeypatch.setattr(computing, "receivables", cannot)
    monkeypatch.setattr(computing, "revenue", lambda *_: 1 / 0)
    write_sheets(request_of(aiko.workspace), folder_of(aiko.workspace), AT)
    told = {answer.sheet.name: answer for answer in sheets(aiko, "en").answers}
    assert told["retention"].answer
    assert "FCT-999" in told["receivables"].problem
    assert "DSK-041" in told["revenue"].problem
    page = sign_in(aiko).get(at(aiko, "sheet", "receivables")).content.decode()
    assert "No invoices &lt;here&gt;." in page


def test_before_anything_was_computed_it_says_how_it_comes_about(aiko: Membership, sign_in: SignIn) -> None:
    page = sign_in(aiko).get(at(aiko, "insight")).content.decode()
    assert "Nothing was computed yet." in page
    assert sign_in(aiko).get(at(aiko, "sheet", "proof")).status_code == 200


def test_money_is_for_those_who_may_see_it(
    answered: Membership, member: Callable[[str], Membership], sign_in: SignIn
) -> None:
    viewer = member("viewer")
    assert [answer.sheet.name for answer in sheets(viewer, "en").answers] == ["retention"]
    assert sign_in(viewer).get(at(viewer, "sheet", "receivables")).status_code == 403
    assert sign_in(viewer).get(at(viewer, "sheet", "retention")).status_code == 200
    billing = member("billing")
    assert sign_in(billing).get(at(billing, "sheet", "receivables")).status_code == 200


def test_a_table_is_taken_away_and_that_is_written_down(answered: Membership, sign_in: SignIn) -> None:
    table = tables_of(answered.workspace, "retention")["periods"]
    answer = sign_in(answered).get(at(answered, "table", "retention", "periods"))
    assert b"".join(answer) == table.read_bytes()  # type: ignore[call-overload]
    assert Entry.of(answered.workspace).get(verb="export").thing == "retention/periods"


@pytest.mark.parametrize("table", ["nothing", "..", "../../sabai.yaml"])
def test_no_other_file_is_handed_out(answered: Membership, sign_in: SignIn, table: str) -> None:
    address = at(answered, "table", "retention", "periods").replace("periods", table)
    assert sign_in(answered).get(address).status_code == 404


def test_an_index_of_nobody_is_not_read(chloe: Membership, answered: Membership) -> None:
    assert (Path(folder_of(answered.workspace)) / INDEX).exists()
    assert sheets(chloe, "en").answers == ()


def test_health_over_time_has_each_band_at_each_date(aiko: Membership, sign_in: SignIn) -> None:
    for day, band, accounts in ((1, "healthy", 3), (1, "unknown", 2), (8, "healthy", 4)):
        Count.everywhere.create(
            workspace=aiko.workspace, as_of=date(2026, 6, day), band=band, accounts=accounts, revenue_minor=None
        )
    days, counts = health_over_time(aiko.workspace)
    assert days == [date(2026, 6, 1), date(2026, 6, 8)]
    assert [sum(each) for each in counts] == [5, 4]
    page = sign_in(aiko).get(at(aiko, "insight")).content.decode()
    assert "Customers by band over time" in page
    assert 'class="chart stack"' in page
