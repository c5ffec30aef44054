"""Logging a contact that happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from sabai.desk.accounts.words import DIRECTION_WORDS
from sabai.desk.look.forms import Spoken
from sabai.desk.scoring.story import Person
from sabai.desk.tasks.models import CHANNELS
from sabai.language.language import Language
from sabai.report.words import CHANNEL_WORDS


class Touch(Spoken):
    """A contact that happened, just now and by phone where nothing else is said."""

    note = forms.CharField(
        required=False, max_length=20_000, widget=forms.Textarea({"rows": 3, "data-key": "c", "aria-keyshortcuts": "c"})
    )
    channel = forms.ChoiceField(initial="phone")
    direction = forms.ChoiceField(initial="out")
    contact_id = forms.ChoiceField(required=False)
    occurred_at = forms.DateTimeField(
        required=False, widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, language: Language, people: Sequence[Person], *args: Any, **values: Any) -> None:
        super().__init__(language, *args, **values)
        self.choose("channel", [(channel, language.gettext(CHANNEL_WORDS[channel])) for channel in CHANNELS])
        self.choose("direction", [(way, language.gettext(word)) for way, word in DIRECTION_WORDS.items()])
        nobody = [("", language.gettext("nobody in particular"))]
        self.choose("contact_id", nobody + [(person.contact_id, person.name) for person in people])

    def words(self) -> dict[str, str]:
        say = self.language.gettext
        return {
            "note": say("What was said"),
            "channel": say("Channel"),
            "direction": say("Direction"),
            "contact_id": say("With"),
            "occurred_at": say("When"),
        }

    def clean_occurred_at(self) -> datetime:
        now = timezone.now()
        at: datetime = self.cleaned_data["occurred_at"] or now
        if at > now:
            raise forms.ValidationError(self.language.gettext("This has not happened yet."))
        return at
