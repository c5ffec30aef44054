"""The same export every month: mapped once, a source of the definitions, and known from then on."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sabai.definitions.reader import read_text
from sabai.definitions.starter import starter
from sabai.desk.drafts.actions.publish import publish, put_to_use
from sabai.desk.drafts.checked import checked
from sabai.desk.drafts.models import Draft
from sabai.desk.drafts.queries import difference
from sabai.desk.intake.files.repeat import known, name_of, pattern
from sabai.desk.intake.models import Upload
from sabai.desk.people.models import Membership
from sabai.desk.scoring.company import Company
from sabai.desk.scoring.door import request_of
from sabai.desk.scoring.sources import put

TEXT = starter("Lanna")
SAID = {
    "table": "invoices", "column-0": "invoice_id", "column-1": "account_id", "column-2": "issued_on", "dates-2": "dmy",
    "column-3": "due_on", "dates-3": "dmy", "column-4": "amount_minor",
}  # fmt: skip
BILLS = 'No.,Kunde,Datum,Fällig,Betrag\nR-{n}1,A-1,30/0{n}/2026,14/06/2026,"1,250.50"\nR-{n}2,A-2,02/0{n}/2026,,900\n'
SUBSCRIPTIONS = "subscription_id account_id starts_on ends_on amount interval currency seats"
Ask = Callable[..., Any]


@pytest.fixture(autouse=True)
def _here(aiko: Membership, tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path
    put_to_use(aiko.workspace, TEXT, "The beginning", aiko.user, scores=False)


@pytest.fixture
def bring(
    sign_in: Callable[[Membership], Client], django_capture_on_commit_callbacks: Any
) -> Callable[[Membership, int], tuple[Client, str]]:
    """A member uploads the bills of a month; their browser and the page that asks what is in it."""

    def brought(member: Membership, month: int) -> tuple[Client, str]:
        browser, slug = sign_in(member), member.workspace.slug
        file = SimpleUploadedFile(f"bills 2026-0{month}.csv", BILLS.format(n=month).encode())
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(reverse("intake:upload", args=[slug]), {"file": file})
        return browser, reverse("intake:mapping", args=[slug, Upload.everywhere.latest("pk").pk])

    return brought


def test_a_mapping_becomes_a_draft_and_the_next_file_is_known(
    aiko: Membership, bring: Ask, django_capture_on_commit_callbacks: Any
) -> None:
    accounts = [{"account_id": name, "name": name, "received_at": "2026-01-01T00:00:00Z"} for name in ("A-1", "A-2")]
    put(Company.of(aiko.workspace), "accounts", "desk", accounts, "1")
    browser, page = bring(aiko, 5)
    assert "Use this mapping every time" in browser.get(page).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(page, SAID | {"again": "1"})
    draft = Draft.of(aiko.workspace).get()
    assert answer.headers["Location"] == reverse("drafts:draft", args=[aiko.workspace.slug, draft.pk])
    assert checked(draft.text).issues == ()
    source = read_text(draft.text, Path("sabai.yaml")).sources["bills"]
    assert (source.files, source.table) == (("bills*.csv",), "invoices")
    assert source.columns["issued_on"].format == "%d/%m/%Y"
    assert (source.columns["amount_minor"].unit, source.columns["amount_minor"].thousands) == ("major", ",")
    assert {line.kind for line in difference(TEXT, draft.text)} == {"place", "kept", "added"}
    first = {("R-51", "bills", 125_050), ("R-52", "bills", 90_000)}
    assert invoices(aiko) == first  # its facts are those of the source from the beginning

    publish(aiko, draft, "Bills")
    browser, page = bring(aiko, 6)
    upload = Upload.everywhere.latest("pk")
    assert (upload.source, upload.table) == ("bills", "invoices")
    assert upload.columns["issued_on"] == {"from": "Datum", "dates": "dmy"}
    shown = browser.get(page).content.decode()
    assert "The source <bdi>bills</bdi> of the definitions" in shown
    assert "Use this mapping every time" not in shown
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(page, SAID | {"again": "1"})
    assert not Draft.of(aiko.workspace).exists()
    assert invoices(aiko) == first | {("R-61", "bills", 125_050), ("R-62", "bills", 90_000)}


def invoices(member: Membership) -> set[tuple[str, str, int]]:
    """Key, source and amount of all that landed."""
    rows = request_of(member.workspace).facts().scan("invoices").select("key", "source", "amount_minor")
    return set(rows.collect().iter_rows())


def test_without_the_wish_nothing_is_drafted(aiko: Membership, bring: Ask) -> None:
    browser, page = bring(aiko, 5)
    browser.post(page, SAID)
    assert not Draft.of(aiko.workspace).exists()
    assert Upload.everywhere.get().source == "uploads"


@pytest.mark.parametrize(
    ("file", "names", "found"),
    [
        ("invoices.csv", ["invoice_id", "account_id", "issued_on", "due_on", "amount", "currency"], "invoices"),
        ("invoices.csv", ["invoice_id", "account_id"], None),
        ("bills.csv", ["invoice_id", "account_id", "issued_on", "due_on", "amount", "currency"], None),
        ("subscriptions.csv", SUBSCRIPTIONS.split(), None),
    ],
)  # fmt: skip
def test_only_what_the_page_can_say_is_known(file: str, names: list[str], found: str | None) -> None:
    """The last of them has a column that is made in a way that the page has no word for: `inclusive`."""
    known_by = known(read_text(TEXT, Path("sabai.yaml")), file, names)
    assert (known_by and known_by[0]) == found


@pytest.mark.parametrize("file", ["2026.csv", "[x].csv", "ใบแจ้งหนี้ 05.csv", "~.csv", "A" * 190 + ".csv"])
def test_every_file_gets_a_name_and_knows_itself(aiko: Membership, bring: Ask, file: str) -> None:
    name = name_of(Upload(name=file), "invoices", {"invoices_file"})
    assert name.isidentifier()
    assert name.isascii()
    assert name != "invoices_file"
    assert fnmatch(file, pattern(file))
