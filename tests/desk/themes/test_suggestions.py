"""New themes are found once a week; a person gives them a name in a draft of the definitions, or says no."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sabai.definitions.reader import read_text
from sabai.definitions.starter import starter
from sabai.desk.drafts.actions.publish import put_to_use
from sabai.desk.drafts.models import Draft
from sabai.desk.people.models import Membership, Workspace
from sabai.desk.themes.actions.suggest import suggest
from sabai.desk.themes.jobs import suggest_themes
from sabai.desk.themes.models import Reading, Suggestion
from sabai.desk.themes.naming import FILE, Named, with_theme
from sabai.errors import DefinitionsError

SignIn = Callable[[Membership], Client]
Said = Callable[..., Reading]
TEXT = starter("Lanna")
KIOSK = Named("kiosk", {"en": "Kiosk", "th": "ตู้คีออส"}, {"en": ("kiosk", "terminal"), "th": ("ตู้คีออส",)})


def at(member: Membership, view: str, *more: object) -> str:
    return reverse(f"themes:{view}", args=[member.workspace.slug, *more])


@pytest.fixture
def suggestion(workspace: Workspace, said: Said) -> Suggestion:
    row = said("The kiosk froze", "negative")
    suggest(workspace, [(("kiosk", "ตู้คีออส"), [(row.kind, row.key)])])
    return Suggestion.of(workspace).get()


def test_what_fits_no_theme_is_put_together(workspace: Workspace, said: Said) -> None:
    for place in ("Bangkok", "Chiang Mai", "Phuket", "Khon Kaen", "Pattaya", "Hat Yai"):
        said(f"The parking lot of the {place} shop is full of scooters")
    for n in range(6):
        said(f"The dog barks at the postman, {n}", "negative", "people")
    suggest_themes(workspace.pk)
    (found,) = Suggestion.of(workspace)
    assert found.count == 6
    assert any("scooter" in term or "parking" in term for term in found.terms)


def test_it_is_written_into_a_draft(aiko: Membership, sign_in: SignIn, suggestion: Suggestion) -> None:
    put_to_use(aiko.workspace, TEXT, "The beginning", aiko.user)
    client = sign_in(aiko)
    page = client.get(at(aiko, "suggestion", suggestion.pk)).content.decode()
    assert "kiosk</textarea>" in page
    assert "The kiosk froze" in page
    given = {"id": "kiosk", "name_en": "Kiosk", "words_en": "kiosk, terminal", "words_th": "ตู้คีออส"}
    answer = client.post(at(aiko, "suggestion", suggestion.pk), given)
    draft = Draft.of(aiko.workspace).get()
    assert answer.headers["Location"] == reverse("drafts:draft", args=[aiko.workspace.slug, draft.pk])
    (theme,) = read_text(draft.text, FILE).themes
    assert (theme.id, dict(theme.words)) == ("kiosk", {"en": ("kiosk", "terminal"), "th": ("ตู้คีออส",)})
    suggestion.refresh_from_db()
    assert (suggestion.theme, suggestion.decided_by) == ("kiosk", aiko.user)
    assert client.get(at(aiko, "suggestion", suggestion.pk)).status_code == 404


def test_a_second_theme_goes_into_the_same_draft(aiko: Membership, sign_in: SignIn, said: Said) -> None:
    put_to_use(aiko.workspace, TEXT, "The beginning", aiko.user)
    suggest(aiko.workspace, [(("one",), [("ticket", "1")]), (("two",), [("ticket", "2")])])
    for each in Suggestion.of(aiko.workspace):
        given = {"id": each.terms[0], "name_en": "It", "words_en": f"word {each.terms[0]}"}
        sign_in(aiko).post(at(aiko, "suggestion", each.pk), given)
    assert {each.id for each in read_text(Draft.of(aiko.workspace).get().text, FILE).themes} == {"one", "two"}


@pytest.mark.parametrize(
    "wrong",
    [{"id": "Kiosk!"}, {"name_en": ""}, {"words_en": ""}, {"words_en": "k"}],
)
def test_what_cannot_stand_is_said(
    aiko: Membership, sign_in: SignIn, suggestion: Suggestion, wrong: dict[str, str]
) -> None:
    put_to_use(aiko.workspace, TEXT, "The beginning", aiko.user)
    given = {"id": "kiosk", "name_en": "Kiosk", "words_en": "kiosk"} | wrong
    answer = sign_in(aiko).post(at(aiko, "suggestion", suggestion.pk), given)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()
    assert not Draft.of(aiko.workspace).exists()
    suggestion.refresh_from_db()
    assert suggestion.decided_at is None


def test_no_is_no(aiko: Membership, sign_in: SignIn, suggestion: Suggestion) -> None:
    sign_in(aiko).post(at(aiko, "no", suggestion.pk))
    keys = [tuple(each) for each in suggestion.examples]
    assert suggest(aiko.workspace, [(("kiosk",), keys)]) == 0
    assert suggest(aiko.workspace, [(("kiosk",), [*keys, ("ticket", "1"), ("ticket", "2")])]) == 1


def test_a_theme_stands_beside_others_and_nothing_else_moves() -> None:
    once = with_theme(TEXT, KIOSK)
    twice = with_theme(once, Named("bus", {"en": 'Late "bus": #1'}, {"en": ("late bus", "- 'quoted'")}))
    assert once.startswith(TEXT.rstrip("\n"))
    assert [each.id for each in read_text(twice, FILE).themes] == ["bus", "kiosk"]
    assert read_text(twice, FILE).themes[0].name["en"] == 'Late "bus": #1'
    assert with_theme(TEXT + "\nthemes:\n", KIOSK).count("themes:") == TEXT.count("themes:") + 1
    with pytest.raises(DefinitionsError, match="already"):
        with_theme(once, KIOSK)
    with pytest.raises(DefinitionsError, match="braces"):
        with_theme(TEXT + "\nthemes: { price: drop }\n", KIOSK)
