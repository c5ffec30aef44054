"""Writing a note."""

from __future__ import annotations

from django import forms

from sabai.desk.look.forms import Spoken


class Word(Spoken):
    """A note."""

    text = forms.CharField(max_length=20_000, widget=forms.Textarea({"rows": 3, "data-key": "n"}))
    pinned = forms.BooleanField(required=False)

    def words(self) -> dict[str, str]:
        return {"text": self.language.gettext("Note"), "pinned": self.language.gettext("Keep on top")}
