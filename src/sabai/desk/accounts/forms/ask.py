"""Asking somebody for a task."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms

from sabai.desk.look.forms import Spoken
from sabai.desk.people.models import User
from sabai.language.language import Language


class Ask(Spoken):
    """A task for somebody; `key` makes sending the form twice the same as sending it once."""

    title = forms.CharField(max_length=300)
    due_on = forms.DateField(required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    assigned = forms.ChoiceField(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, language: Language, colleagues: Sequence[User], *args: Any, **values: Any) -> None:
        super().__init__(language, *args, **values)
        nobody = [("", language.gettext("nobody yet"))]
        self.choose("assigned", nobody + [(str(user.pk), str(user)) for user in colleagues])

    def words(self) -> dict[str, str]:
        say = self.language.gettext
        return {"title": say("What is to be done"), "due_on": say("Due on"), "assigned": say("By whom")}
