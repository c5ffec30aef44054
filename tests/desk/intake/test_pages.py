"""What a person sees of where facts come from, and may change."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from sabai.desk.audit.models import Entry
from sabai.desk.intake.actions.sources import connect
from sabai.desk.intake.models import Source, Upload
from sabai.desk.people.models import Membership
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.origins import Origin, keep
from tests.desk.intake.conftest import Send, track

CSV = (
    "Account ID,Account Name,Plan,Customer Since\nA-1,ร้านกาแฟ,pro,31/01/2024\nA-2,Café,free,28/02/2024\n,Nobody,free,\n"
)


@pytest.fixture
def at(aiko: Membership, sign_in: Callable[[Membership], Client]) -> Callable[..., Any]:
    """`at("source", pk)`: an address of Aiko's company, and her browser."""

    browser = sign_in(aiko)

    def asked(page: str, /, *values: object, method: str = "get", **data: object) -> Any:
        address = reverse(f"intake:{page}", args=[aiko.workspace.slug, *values])
        return getattr(browser, method)(address, data)

    return asked


def test_nothing_there_says_how_to_begin(at: Callable[..., Any]) -> None:
    assert "No system sends yet." in at("sources").content.decode()


def test_a_key_is_shown_once(at: Callable[..., Any]) -> None:
    answer = at("connect", method="post", name="web", kind="events").content.decode()
    source = Source.everywhere.get()
    key = answer.partition('id="key">')[2].partition("<")[0]
    assert key.startswith("sabai_write_")
    assert source.hashed != key
    for page in (at("sources"), at("source", source.pk)):
        assert key not in page.content.decode()
        assert "web" in page.content.decode()
    assert key not in str(list(Entry.everywhere.values()))


@pytest.mark.parametrize("name", ["", "Web", "1web", "web shop", "desk", "uploads", "x" * 41, "taken"])
def test_names_that_definitions_cannot_speak_of(at: Callable[..., Any], aiko: Membership, name: str) -> None:
    connect(aiko.workspace, aiko.user, "taken", "events")
    assert at("connect", method="post", name=name, kind="events").status_code == 400
    assert Source.everywhere.count() == 1


def test_a_source_tells_what_came_and_what_did_not(at: Callable[..., Any], send: Send, source: Source) -> None:
    send("batch", {"batch": [track(1), track(2), track(3, event="<script>alert(1)</script>", userId=None)]})
    send("track", track(1, event="another"))
    page = at("source", source.pk).content.decode()
    assert "DSK-308" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "m-1" in page
    assert "another" in page


def test_the_list_counts(at: Callable[..., Any], send: Send, django_assert_max_num_queries: Any) -> None:
    send("batch", {"batch": [track(1), track(2), track(3, event=None)]})
    with django_assert_max_num_queries(12):
        page = at("sources").content.decode()
    row = page.partition("web")[2].partition("</tr>")[0]
    assert [part.partition("</td>")[0] for part in row.split('<td class="n">')[1:]] == ["2", "1", "0"]


def test_sources_of_the_definitions_are_there_too(
    at: Callable[..., Any], aiko: Membership, tmp_path: Any, settings: Any
) -> None:
    settings.DATA = tmp_path
    assert "Sources of the definitions" not in at("sources").content.decode()
    told = [Origin("crm<b>", "accounts", timezone.now(), 7, 4), Origin("surveys", "responses")]
    keep(Company.of(aiko.workspace), told)
    page = at("sources").content.decode()
    row = page.partition("crm&lt;b&gt;")[2].partition("</tr>")[0]
    assert [part.partition("</td>")[0] for part in row.split('<td class="n">')[1:]] == ["7", "4"]
    assert "–" in page.partition("Sources of the definitions")[2].partition("surveys")[2].partition("</tr>")[0]


def test_renewed_and_revoked(at: Callable[..., Any], source: Source) -> None:
    before = source.hashed
    assert "sabai_write_" in at("renew", source.pk, method="post").content.decode()
    source.refresh_from_db()
    assert source.hashed != before
    assert at("revoke", source.pk, method="post").status_code == 302
    source.refresh_from_db()
    assert source.revoked_at is not None
    assert list(Entry.everywhere.order_by("number").values_list("verb", flat=True)) == ["create", "change", "remove"]


def test_another_company_s_source_is_not_there(at: Callable[..., Any], chloe: Membership) -> None:
    theirs, _ = connect(chloe.workspace, chloe.user, "web", "events")
    for name, method in (("source", "get"), ("renew", "post"), ("revoke", "post")):
        assert at(name, theirs.pk, method=method).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_is_guessed_corrected_and_taken_in(
    at: Callable[..., Any], kind: str, tmp_path: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.DATA = tmp_path
    with django_capture_on_commit_callbacks(execute=True):
        at("upload", method="post", file=SimpleUploadedFile(f"crm.{kind}", _bytes(kind)))
    upload = Upload.everywhere.get()
    assert (upload.state, upload.table) == ("asking", "accounts")
    assert {ours: one["from"] for ours, one in upload.columns.items()} == {
        "account_id": "Account ID",
        "name": "Account Name",
        "segment": "Plan",
        "started_on": "Customer Since",
    }
    page = at("mapping", upload.pk).content.decode()
    assert "ร้านกาแฟ" in page
    chosen = {"table": "accounts", "column-0": "account_id", "column-1": "name", "column-2": "industry"}
    dates = {"column-3": "started_on", "dates-3": "dmy"}
    with django_capture_on_commit_callbacks(execute=True):
        assert at("mapping", upload.pk, method="post", **chosen, **dates).status_code == 302
    upload.refresh_from_db()
    assert (upload.state, upload.taken, upload.problems) == ("landed", 2, [{"row": 4, "column": "account_id"}])
    (file,) = tmp_path.rglob("*.jsonl")
    text = file.read_text()
    assert '"industry": "pro"' in text
    assert '"started_on": "2024-01-31"' in text
    assert "2 rows are on their way" in at("mapping", upload.pk).content.decode()


def test_what_a_table_needs_is_asked_for(at: Callable[..., Any], django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        at("upload", method="post", file=SimpleUploadedFile("crm.csv", CSV.encode()))
    upload = Upload.everywhere.get()
    page = at("mapping", upload.pk, method="post", table="accounts").content.decode()
    assert "This table cannot do without: account_id." in page
    assert Upload.everywhere.get().state == "asking"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.xlsx", b"no workbook"),
        ("a.jsonl", b"{"),
        ("a.jsonl", b"[1]\n"),
        ("a.csv", b"a\n"),
        ("a.csv", b'a\n"' + b"x" * 9_000),
    ],
)
def test_a_file_that_is_no_table(
    at: Callable[..., Any], name: str, content: bytes, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = at("upload", method="post", file=SimpleUploadedFile(name, content))
    if content:
        assert Upload.everywhere.get().state == "failed"
        assert "DSK" not in at("mapping", Upload.everywhere.get().pk).content.decode().partition("cannot be read")[0]
    else:
        assert answer.status_code == 400


def test_other_kinds_of_files_are_not_taken(at: Callable[..., Any]) -> None:
    assert at("upload", method="post", file=SimpleUploadedFile("a.exe", b"x")).status_code == 400


def _bytes(kind: str) -> bytes:
    if kind == "csv":
        return CSV.encode()
    book, file = Workbook(), io.BytesIO()
    for line in CSV.splitlines():
        book.active.append(line.split(","))
    book.save(file)
    return file.getvalue()
