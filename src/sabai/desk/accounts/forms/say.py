"""Setting a pulse or an override."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from sabai.desk.accounts.words import OPINION_WORDS
from sabai.desk.look.forms import Spoken
from sabai.health.scores import BANDS
from sabai.language.language import Language
from sabai.report.words import BAND_WORDS

SAID = BANDS[:-1]  # nobody says "unknown"
HOLDS_DAYS = 28
AT_MOST_DAYS = 366


class Say(Spoken):
    """An override or a pulse; `until_on` is the first day without it."""

    kind = forms.ChoiceField(initial="pulse", widget=forms.RadioSelect)
    band = forms.ChoiceField(widget=forms.RadioSelect)
    reason = forms.CharField(max_length=1000)
    until_on = forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, language: Language, today: date, *args: Any, **values: Any) -> None:
        super().__init__(language, *args, **values)
        self.today = today
        self.choose("kind", [(kind, language.gettext(word)) for kind, word in OPINION_WORDS.items()])
        self.choose("band", [(band, language.gettext(BAND_WORDS[band])) for band in SAID])
        self.fields["until_on"].initial = today + timedelta(days=HOLDS_DAYS)

    def words(self) -> dict[str, str]:
        say = self.language.gettext
        return {"kind": say("Kind"), "band": say("Band"), "reason": say("Reason"), "until_on": say("Ends on")}

    def clean_until_on(self) -> date:
        until: date = self.cleaned_data["until_on"]
        if not self.today < until <= self.today + timedelta(days=AT_MOST_DAYS):
            raise forms.ValidationError(self.language.gettext("It ends after today, and within a year."))
        return until
