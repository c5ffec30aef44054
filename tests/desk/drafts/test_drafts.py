"""Definitions in the desk: every save is a draft, publishing keeps every version, and nothing wrong is put to use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sabai.definitions.starter import starter
from sabai.desk.audit.models import Entry
from sabai.desk.drafts.actions.publish import put_to_use
from sabai.desk.drafts.checked import Numbers, checked, differing, reweighed
from sabai.desk.drafts.models import Draft, Version
from sabai.desk.drafts.queries import difference, published
from sabai.desk.people.models import Membership
from sabai.desk.scoring.company import Company
from sabai.errors import DefinitionsError

SignIn = Callable[[Membership], Client]

TEXT = starter("Lanna")


@pytest.fixture
def in_use(aiko: Membership) -> Version:
    return put_to_use(aiko.workspace, TEXT, "The beginning", aiko.user)


@pytest.fixture
def draft(aiko: Membership, in_use: Version, sign_in: SignIn) -> Draft:
    sign_in(aiko).post(reverse("drafts:new", args=[aiko.workspace.slug]))
    return Draft.of(aiko.workspace).get()


def at(member: Membership, view: str, *more: object) -> str:
    return reverse(f"drafts:{view}", args=[member.workspace.slug, *more])


def weight(text: str) -> float:
    definitions = checked(text).definitions
    assert definitions
    return definitions.health.factors[0].weight


def name() -> str:
    definitions = checked(TEXT).definitions
    assert definitions
    return definitions.health.factors[0].name


def test_a_draft_begins_as_what_is_in_use(draft: Draft, in_use: Version) -> None:
    assert (draft.text, draft.based_on) == (TEXT, in_use)


def test_a_draft_opens_on_its_numbers_where_it_has_any(aiko: Membership, in_use: Version, sign_in: SignIn) -> None:
    opened = sign_in(aiko).post(at(aiko, "new"))
    assert opened.headers["Location"] == at(aiko, "numbers", Draft.of(aiko.workspace).get().pk)
    wrong = sign_in(aiko).post(at(aiko, "new"), {"file": _file(b"health: 7")})
    assert wrong.headers["Location"] == at(aiko, "draft", Draft.of(aiko.workspace).latest("pk").pk)


def test_the_first_draft_begins_with_the_starter(aiko: Membership, sign_in: SignIn) -> None:
    page = sign_in(aiko).post(at(aiko, "new"), follow=True)
    assert checked(Draft.of(aiko.workspace).get().text).definitions
    assert f'name="weight.{name()}"' in page.content.decode()


def test_a_wrong_draft_is_kept_and_says_what_is_wrong(aiko: Membership, draft: Draft, sign_in: SignIn) -> None:
    page = sign_in(aiko).post(at(aiko, "draft", draft.pk), {"text": TEXT + "\nhealht: {}\n"}, follow=True)
    assert "healht" in page.content.decode()
    assert "Did you mean" in page.content.decode()
    assert Draft.of(aiko.workspace).get().text.endswith("healht: {}\n")
    assert published(aiko.workspace).text == TEXT  # type: ignore[union-attr]


def test_a_wrong_draft_is_not_published(aiko: Membership, draft: Draft, sign_in: SignIn) -> None:
    client = sign_in(aiko)
    client.post(at(aiko, "draft", draft.pk), {"text": "health: 7"})
    client.post(at(aiko, "publish", draft.pk), {"comment": "It must be right"})
    assert [version.number for version in Version.of(aiko.workspace)] == [1]
    assert Draft.of(aiko.workspace).exists()


def test_a_weight_is_changed_by_the_form_and_nothing_else(aiko: Membership, draft: Draft, sign_in: SignIn) -> None:
    sign_in(aiko).post(at(aiko, "numbers", draft.pk), {f"weight.{name()}": "77"})
    text = Draft.of(aiko.workspace).get().text
    assert weight(text) == 77
    assert [line.kind for line in difference(TEXT, text)].count("added") == 1
    assert [str(edit) for edit in differing(TEXT, text)] == [f"weight of {name()}: {weight(TEXT):g} → 77"]


def test_a_weight_that_is_no_number_changes_nothing(aiko: Membership, draft: Draft, sign_in: SignIn) -> None:
    page = sign_in(aiko).post(at(aiko, "numbers", draft.pk), {f"weight.{name()}": "much"})
    assert "“much”" in page.content.decode()
    assert Draft.of(aiko.workspace).get().text == TEXT


def test_publishing_puts_the_file_where_jobs_read_it(aiko: Membership, draft: Draft, sign_in: SignIn) -> None:
    client = sign_in(aiko)
    client.post(at(aiko, "numbers", draft.pk), {f"weight.{name()}": "77"})
    client.post(at(aiko, "publish", draft.pk), {"comment": "Logins count more"})
    newest = published(aiko.workspace)
    assert newest
    assert (newest.number, newest.comment, newest.by) == (2, "Logins count more", aiko.user)
    assert Company.of(aiko.workspace).definitions.read_text(encoding="utf-8") == newest.text
    assert weight(newest.text) == 77
    assert not Draft.of(aiko.workspace).exists()
    assert Entry.of(aiko.workspace).filter(verb="publish").count() == 2


def test_publishing_wants_a_comment(aiko: Membership, draft: Draft, sign_in: SignIn) -> None:
    sign_in(aiko).post(at(aiko, "publish", draft.pk), {"comment": " "})
    assert Version.of(aiko.workspace).count() == 1


def test_the_way_back_is_a_new_version(aiko: Membership, draft: Draft, sign_in: SignIn) -> None:
    client = sign_in(aiko)
    client.post(at(aiko, "numbers", draft.pk), {f"weight.{name()}": "77"})
    client.post(at(aiko, "publish", draft.pk), {"comment": "Logins count more"})
    client.post(at(aiko, "back", 1))
    assert [version.number for version in Version.of(aiko.workspace)] == [3, 2, 1]
    assert published(aiko.workspace).text == TEXT  # type: ignore[union-attr]


def test_a_file_becomes_a_draft_and_comes_back_unchanged(aiko: Membership, in_use: Version, sign_in: SignIn) -> None:
    client = sign_in(aiko)
    text = reweighed(TEXT, Numbers({name(): 5.0}, {}))
    client.post(at(aiko, "new"), {"file": _file(text.encode())})
    assert Draft.of(aiko.workspace).get().text == text
    assert client.get(at(aiko, "download")).content.decode() == TEXT


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"x" * 1_000_001])
def test_a_file_that_is_no_text_is_refused(aiko: Membership, in_use: Version, sign_in: SignIn, data: bytes) -> None:
    page = sign_in(aiko).post(at(aiko, "new"), {"file": _file(data)}, follow=True)
    assert "That file is" in page.content.decode()
    assert not Draft.of(aiko.workspace).exists()


def test_what_is_written_is_shown_as_text(aiko: Membership, draft: Draft, sign_in: SignIn) -> None:
    page = sign_in(aiko).post(
        at(aiko, "draft", draft.pk), {"text": "</textarea><script>alert(1)</script>"}, follow=True
    )
    assert "<script>alert" not in page.content.decode()


def test_a_draft_is_thrown_away(aiko: Membership, draft: Draft, sign_in: SignIn) -> None:
    sign_in(aiko).post(at(aiko, "drop", draft.pk))
    assert not Draft.of(aiko.workspace).exists()


def test_nothing_wrong_is_put_to_use(aiko: Membership) -> None:
    with pytest.raises(DefinitionsError):
        put_to_use(aiko.workspace, "health: 7", "wrong")


def _file(data: bytes) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("sabai.yaml", data)
