"""What people write about tasks, checked."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from sabai.desk.look.forms import choice_of
from sabai.desk.people.models import User, Workspace
from sabai.desk.scoring.models import Account
from sabai.desk.tasks.models import OUTCOMES
from sabai.desk.tasks.queries import members_of
from sabai.desk.tasks.words import OUTCOME_WORDS
from sabai.language.language import Language

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
LONGEST = 20_000


class Day(forms.DateField):
    """A day that somebody may mean; the browser shows its own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **known: Any) -> None:
        around = [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]
        super().__init__(input_formats=["%Y-%m-%d"], validators=around, **known)


class Somebody(forms.TypedChoiceField):
    """One of those who work in a workspace, or nobody."""

    def __init__(self, users: list[User], nobody: str, **known: Any) -> None:
        self.users = {str(user.pk): user for user in users}
        choices = [("", nobody), *((key, str(user)) for key, user in self.users.items())]
        super().__init__(choices=choices, coerce=self.users.get, empty_value=None, required=False, **known)


class NewTask(forms.Form):
    """A task by a person; `key` makes sending the form twice one task."""

    title = forms.CharField(max_length=300, widget=forms.TextInput(attrs={"autofocus": True}))
    account = forms.CharField(required=False, max_length=550)
    due_on = Day(required=False)
    detail = forms.CharField(required=False, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)

    def __init__(self, workspace: Workspace, language: Language, *given: Any, **known: Any) -> None:
        super().__init__(*given, **known)
        gettext = language.gettext
        self.workspace, self.language = workspace, language
        self.fields["assigned"] = Somebody(members_of(workspace), gettext("Nobody yet"), label=gettext("For"))
        self.fields["title"].label = gettext("What is to do")
        self.fields["account"].label = gettext("Customer")
        self.fields["account"].widget.attrs |= {"list": "customers", "autocomplete": "off"}
        self.fields["due_on"].label = gettext("Due on")
        self.fields["detail"].label = gettext("More about it")

    def clean_account(self) -> Account | None:
        """The customer of that name or id."""
        text = self.cleaned_data["account"].strip()
        if not text:
            return None
        found = customer_of(self.workspace, text)
        if len(found) == 1:
            return found[0]
        several = self.language.gettext("Several customers have this name: choose one from the list.")
        raise ValidationError(several if found else self.language.gettext("No customer has this name."))


class Doing(forms.Form):
    """What is done to tasks that exist; each field only where the change is of that kind."""

    until = Day(required=False)
    note = forms.CharField(required=False, max_length=LONGEST)
    outcome = forms.ChoiceField(required=False, choices=[(outcome, outcome) for outcome in OUTCOMES])

    def __init__(self, workspace: Workspace, language: Language, given: Any = None) -> None:
        super().__init__(given)
        gettext = language.gettext
        self.fields["assigned"] = Somebody(members_of(workspace), gettext("Nobody"), label=gettext("For"))
        choice_of(self, "outcome").choices = [(code, gettext(words)) for code, words in OUTCOME_WORDS.items()]


def customer_of(workspace: Workspace, text: str) -> list[Account]:
    """Who is meant by an id, a name, or both as the list of the form offers them: two where it is not plain."""
    _, _, last = text.removesuffix(")").rpartition("(")
    accounts = Account.of(workspace)
    for which in ({"account_id": text}, {"account_id": last}, {"name__iexact": text}):
        if found := list(accounts.filter(**which)[:2]):
            return found
    return []
