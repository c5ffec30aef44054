"""What people type about people, read."""

from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel.numbers import list_currencies
from django import forms
from django.contrib.auth.password_validation import validate_password

from sabai.desk.look.forms import Spoken
from sabai.desk.people.context import NAMES
from sabai.desk.people.models import Invitation, Membership, User, Workspace
from sabai.desk.people.roles import ROLE_WORDS
from sabai.desk.people.tokens import SCOPES
from sabai.language.catalogues import LANGUAGES
from sabai.language.language import Language

DAYS = (30, 90, 365)


@cache
def time_zones() -> tuple[str, ...]:
    """As people choose them: places, not the abbreviations of old."""
    return ("UTC", *sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))


class MemberForm(Spoken):
    role = forms.ChoiceField()
    known_as = forms.CharField(max_length=200, required=False)

    def __init__(self, language: Language, *values: object, **named: object) -> None:
        super().__init__(language, *values, **named)
        self.choose("role", [(role, language.gettext(word)) for role, word in ROLE_WORDS.items()])

    def words(self) -> dict[str, str]:
        return {"role": self.language.gettext("Role"), "known_as": self.language.gettext("Known elsewhere as")}


class InvitationForm(MemberForm):
    email = forms.EmailField()
    field_order = ("email", "role", "known_as")

    def words(self) -> dict[str, str]:
        return super().words() | {"email": self.language.gettext("Mail address")}


class HeirForm(forms.Form):
    """Who takes over; nobody is an answer too."""

    heir = forms.ModelChoiceField(Membership.everywhere.none(), required=False)

    def __init__(self, leaving: Membership, given: Any = None) -> None:
        super().__init__(given)
        others = Membership.of(leaving.workspace).filter(left_at=None).exclude(pk=leaving.pk).select_related("user")
        heir = self.fields["heir"]
        assert isinstance(heir, forms.ModelChoiceField)
        heir.queryset = others


class OneselfForm(Spoken):
    name = forms.CharField(max_length=200)
    language_of_pages = forms.ChoiceField(choices=[(code, NAMES[code]) for code in LANGUAGES])
    calendar = forms.ChoiceField()

    def __init__(self, language: Language, *values: object, **named: object) -> None:
        super().__init__(language, *values, **named)
        kinds = {"gregorian": language.gettext("Gregorian"), "buddhist": language.gettext("Buddhist (in Thai)")}
        self.choose("calendar", list(kinds.items()))

    def words(self) -> dict[str, str]:
        gettext = self.language.gettext
        return {"name": gettext("Name"), "language_of_pages": gettext("Language"), "calendar": gettext("Calendar")}


class JoinForm(Spoken):
    """Name, language and password of somebody new."""

    name = forms.CharField(max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    language_of_pages = forms.ChoiceField(choices=[(code, NAMES[code]) for code in LANGUAGES])
    password = forms.CharField(strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"}))

    def __init__(self, invitation: Invitation, language: Language, *values: object, **named: object) -> None:
        super().__init__(language, *values, **named)
        self.invitation = invitation

    def words(self) -> dict[str, str]:
        gettext = self.language.gettext
        return {"name": gettext("Name"), "language_of_pages": gettext("Language"), "password": gettext("Password")}

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.invitation.email, name=self.cleaned_data.get("name", "")))
        return password


class WorkspaceForm(Spoken):
    name = forms.CharField(max_length=200)
    currency = forms.ChoiceField(choices=[(code, code) for code in sorted(list_currencies()) if len(code) == 3])
    time_zone = forms.ChoiceField(choices=[(zone, zone) for zone in time_zones()])

    @classmethod
    def filled(cls, language: Language, workspace: Workspace) -> WorkspaceForm:
        kept = {"name": workspace.name, "currency": workspace.currency, "time_zone": workspace.time_zone}
        return cls(language, initial=kept)

    def words(self) -> dict[str, str]:
        gettext = self.language.gettext
        return {"name": gettext("Name"), "currency": gettext("Currency"), "time_zone": gettext("Time zone")}


class TokenForm(Spoken):
    name = forms.CharField(max_length=200)
    scopes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    days = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, language: Language, *values: object, **named: object) -> None:
        super().__init__(language, *values, **named)
        self.choose("scopes", [(scope, language.gettext(means)) for scope, means in SCOPES.items()])
        spans = [(str(days), language.ngettext("%(num)s day", "%(num)s days", days)) for days in DAYS]
        self.choose("days", [*spans, ("", language.gettext("until it is revoked"))])

    def words(self) -> dict[str, str]:
        gettext = self.language.gettext
        return {"name": gettext("Name"), "scopes": gettext("It may"), "days": gettext("Good for")}
