"""Every question is answered by a job and shown by a page; one that cannot be answered says so, alone."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from sabai.definitions.reader import read_definitions
from sabai.desk.audit.models import Entry
from sabai.desk.insight import computing
from sabai.desk.insight.files import frame_of
from sabai.desk.insight.heads import TABLES
from sabai.desk.insight.phrases import IN_THE_DESK, in_the_desk
from sabai.desk.insight.queries import INDEX, folder_of, health_over_time, main_of, people_of, sheets, tables_of
from sabai.desk.insight.questions import BY_NAME
from sabai.desk.insight.sheets import write_sheets
from sabai.desk.people.models import Membership
from sabai.desk.portfolio.table import as_csv
from sabai.desk.scoring.asked import Asked
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.door import request_of
from sabai.desk.scoring.models import Count
from sabai.errors import FactsError, Issue
from sabai.language.catalogues import LANGUAGES
from sabai.language.language import speak
from sabai.report.money.retention import retention_page
from sabai.report.money.retention_notices import noticed
from sabai.retention.kept import kept
from sabai.retention.span import Span
from tests.language.test_catalogues import said

SignIn = Callable[[Membership], Client]
AT = datetime(2026, 7, 1, 12, tzinfo=UTC)


FEW = [BY_NAME[name] for name in ("retention", "revenue", "receivables")]
"""What takes long on a large company is asked of few sheets only."""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sabai.desk.insight.sheets.SHEETS", FEW)


@pytest.fixture(scope="session")
def written(made: Company, scored: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sheets of the made company, once it is scored."""
    folder = tmp_path_factory.mktemp("written")
    with pytest.MonkeyPatch.context() as quick:
        quick.setattr("sabai.desk.insight.sheets.SHEETS", FEW)
        asked = Asked(read_definitions(made.definitions), made.store, made.out)
        write_sheets(asked, folder, AT, {"james": "James Okello"})
    return folder


@pytest.fixture
def answered(company: Company, aiko: Membership, written: Path) -> Membership:
    shutil.copytree(written, folder_of(aiko.workspace))
    return aiko


def at(member: Membership, view: str, *more: object) -> str:
    return reverse(f"insight:{view}", args=[member.workspace.slug, *more])


def test_a_page_says_what_the_library_says(answered: Membership, sign_in: SignIn) -> None:
    request = request_of(answered.workspace)
    found = kept(request.facts(), request.definitions, Span(), request.out / "snapshots")
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
    write_sheets(request_of(aiko.workspace), folder_of(aiko.workspace), AT, {})
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


def rows_of(csv_file: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(csv_file.decode("utf-8-sig"))))


def test_a_table_is_taken_away_and_that_is_written_down(answered: Membership, sign_in: SignIn) -> None:
    heads, *rows = rows_of(sign_in(answered).get(at(answered, "table", "retention", "periods")).content)
    names, *written = rows_of(tables_of(answered.workspace, "retention")["periods"].read_bytes())
    assert heads[:4] == ["Period", "Begins on", "Ends before", "At the start"]
    assert (len(heads), len(rows)) == (len(names), len(written))
    assert [row[0] for row in rows] == [row[0] for row in written]
    assert Entry.of(answered.workspace).get(verb="export").thing == "retention/periods"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_column_is_called_by_a_word(answered: Membership, code: str) -> None:
    for sheet in ("retention", "revenue", "receivables"):
        for name, path in tables_of(answered.workspace, sheet).items():
            frame = frame_of(path, "THB", speak(code))
            keys = {column.key for column in frame.columns}
            assert not keys & set(frame.heads), (sheet, name)
            assert f"{sheet}/{name}" in TABLES


def test_amounts_are_written_in_baht_and_names_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "movements.csv"
    file.write_text("account_id,name,moved_minor,last_band,left_on\n007,'=1+1,-1250,at_risk,2026-06-29\nA-2,42,,,\n")
    frame = frame_of(file, "THB", speak("en"))
    assert frame.heads == ["Id", "Name", "Moved (THB)", "Last band", "Left on"]
    assert frame.rows == [["007", "=1+1", -12.5, "at risk", date(2026, 6, 29)], ["A-2", "42", None, None, None]]
    assert "'=1+1" in "".join(as_csv(frame.heads, frame.rows))


def test_a_workbook_has_the_same_rows(answered: Membership, sign_in: SignIn) -> None:
    file = sign_in(answered).get(at(answered, "workbook", "retention", "periods")).content
    book = load_workbook(BytesIO(file)).active
    assert book is not None
    heads, *rows = book.iter_rows(values_only=True)
    written = rows_of(tables_of(answered.workspace, "retention")["periods"].read_bytes())
    assert len(rows) == len(written) - 1
    assert heads[:2] == ("Period", "Begins on")
    assert isinstance(rows[0][1], datetime)


def test_a_table_without_rows_is_not_offered(answered: Membership) -> None:
    (folder_of(answered.workspace) / "retention" / "bare.csv").write_text("name\n")
    assert "bare" not in tables_of(answered.workspace, "retention")


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
    heads, *rows = rows_of(sign_in(aiko).get(at(aiko, "table", "health", "weeks")).content)
    assert heads == ["Day", "healthy", "at risk", "unhealthy", "unknown"]
    assert rows == [["2026-06-01", "3", "0", "0", "2"], ["2026-06-08", "4", "0", "0", "0"]]


@pytest.mark.parametrize("code", LANGUAGES)
def test_owners_are_called_as_in_the_desk_and_nobody_is_sent_to_a_file(answered: Membership, code: str) -> None:
    mains = {sheet.name: main_of(answered.workspace, sheet.name, code) for sheet in FEW}
    assert "James Okello" in mains["receivables"]
    assert "<bdi>james</bdi>" not in "".join(mains.values())
    assert "<bdi>mali</bdi>" in mains["receivables"], "whom nobody named is called as the tools do"
    for name, main in mains.items():
        assert not re.findall(r"\w+\.csv|`sabai|: sabai |--[a-z]+ ", main), name


def test_people_are_known_by_what_the_tools_call_them(aiko: Membership, member: Callable[[str], Membership]) -> None:
    manager = member("manager")
    Membership.of(aiko.workspace).filter(pk=manager.pk).update(known_as="James")
    assert people_of(aiko.workspace) == {"aiko": "Aiko", "james": "Manager"}


def test_every_phrase_stands_for_one_of_the_library_and_sends_nobody_to_a_file() -> None:
    texts = said()
    for theirs, ours in IN_THE_DESK.items():
        assert theirs in texts
        assert not re.search(r"\.csv|`|sabai |--", ours)


def test_a_sentence_written_elsewhere_is_said_in_the_words_of_the_desk() -> None:
    written = "Rows of subscriptions that were set aside: 7. They count nowhere; rejects.csv says why."
    assert noticed((written,), speak("en")) == (written,)
    (told,) = noticed((written,), in_the_desk(speak("en")))
    assert ": \u20667\u2069. They count nowhere; the page “Data” shows them." in told
    assert "rejects.csv" not in noticed((written,), in_the_desk(speak("ar")))[0]
