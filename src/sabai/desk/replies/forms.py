"""What people write when they reply, ask for a favour, or tell what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from sabai.desk.look.forms import Spoken
from sabai.desk.people.context import NAMES
from sabai.desk.replies.models import FAVOURS
from sabai.desk.replies.words import FAVOUR_WORDS
from sabai.desk.tasks.forms import LONGEST, Day
from sabai.language.language import Language


class ReplyForm(Spoken):
    """`send` by mail from here, or `written` down because it was said elsewhere."""

    subject = forms.CharField(max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"}))
    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}))
    channel = forms.ChoiceField(required=False)

    def __init__(self, language: Language, channels: Sequence[tuple[str, str]], *given: Any, **known: Any) -> None:
        super().__init__(language, *given, **known)
        self.choose("channel", channels)

    def words(self) -> dict[str, str]:
        gettext = self.language.gettext
        return {"subject": gettext("Subject"), "text": gettext("Your reply"), "channel": gettext("By")}


class FavourForm(Spoken):
    kind = forms.ChoiceField()
    note = forms.CharField(required=False, max_length=LONGEST)

    def __init__(self, language: Language, *given: Any, **known: Any) -> None:
        super().__init__(language, *given, **known)
        self.choose("kind", [(kind, language.gettext(FAVOUR_WORDS[kind])) for kind in FAVOURS])

    def words(self) -> dict[str, str]:
        gettext = self.language.gettext
        return {"kind": gettext("What we ask for"), "note": gettext("Note")}


class AnnouncementForm(Spoken):
    """One text in each language that is spoken here; at least one of them."""

    theme = forms.ChoiceField()
    since = Day()
    fallback = forms.ChoiceField()

    def __init__(self, language: Language, themes: Sequence[tuple[str, str]], *given: Any, **known: Any) -> None:
        super().__init__(language, *given, **known)
        self.choose("theme", themes)
        self.choose("fallback", list(NAMES.items()))
        for code, name in NAMES.items():
            rows = forms.Textarea(attrs={"rows": 4, "lang": code, "dir": "auto"})
            self.fields[code] = forms.CharField(required=False, max_length=4_000, label=name, widget=rows)

    def words(self) -> dict[str, str]:
        gettext = self.language.gettext
        return {
            "theme": gettext("What they spoke of"),
            "since": gettext("Since"),
            "fallback": gettext("Language of everybody else"),
        }

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get(told.get("fallback", "")):
            self.add_error("fallback", self.language.gettext("Write the text in this language at least."))
        return told

    @property
    def texts(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in NAMES if self.cleaned_data[code]}

    def languages(self) -> list[forms.BoundField]:
        return [self[code] for code in NAMES]
